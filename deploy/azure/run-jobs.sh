#!/bin/sh
# Starts the jobs of a deployment to Azure Container Apps in their order, and waits for each. Run by azd after `azd deploy` (azure.yaml), with
# AZURE_RESOURCE_GROUP set; `aspire deploy` needs it run by hand. Can be repeated: a job that has nothing to do changes nothing.
set -eu

resource_group=${AZURE_RESOURCE_GROUP:?set it to the resource group of the deployment}

for job in databases acls topics; do
  if ! az containerapp job show --name "$job" --resource-group "$resource_group" --output none 2>/dev/null; then
    echo "$job: there is no such job here; it is not needed, or was not deployed."
    continue
  fi

  execution=$(az containerapp job start --name "$job" --resource-group "$resource_group" --query name --output tsv)
  tries=0
  while :; do
    status=$(az containerapp job execution show --name "$job" --resource-group "$resource_group" --job-execution-name "$execution" \
      --query properties.status --output tsv)
    case $status in
      Succeeded) echo "$job: done"; break ;;
      Failed | Degraded | Stopped) echo "$job: $status. See its logs in the portal, under execution $execution." >&2; exit 1 ;;
    esac
    tries=$((tries + 1))
    if [ "$tries" -ge 120 ]; then
      echo "$job: still $status after 20 min" >&2
      exit 1
    fi
    sleep 10
  done
done
