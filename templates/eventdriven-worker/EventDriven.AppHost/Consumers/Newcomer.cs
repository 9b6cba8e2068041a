[assembly: Consumer<Projects.Newcomer_Worker>("newcomer-group", port: 5399)]
