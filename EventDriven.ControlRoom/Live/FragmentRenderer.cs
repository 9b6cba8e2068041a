using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace EventDriven.ControlRoom.Live;

/// <summary>Renders a component on its own, as the page renders it, for a stream.</summary>
internal sealed class FragmentRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <summary>The component's HTML.</summary>
    /// <param name="parameters">The component's parameters, by name.</param>
    /// <typeparam name="TComponent">The component.</typeparam>
    public async Task<string> RenderAsync<TComponent>(IDictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
