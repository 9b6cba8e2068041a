using System.IO.Pipelines;
using EventDriven.ServiceDefaults.Http.Failures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>
/// Waits until the whole body has come, which is at most <see cref="RequestLimits.BodyBytes"/>. Otherwise a few clients that send theirs as
/// slowly as they may would keep all places (<see cref="RequestSlots"/>). The wait has an end, and so has the number of those who wait.
/// </summary>
internal sealed class WholeBody(RequestDelegate next, IOptions<OverloadOptions> options, Refusals refusals)
{
    private readonly OverloadOptions _options = options.Value;
    private int _waiting;

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false && !HasArrived(http.Request.BodyReader)
            && !await WaitAsync(http))
        {
            return;
        }

        await next(http);
    }

    private static bool HasArrived(PipeReader reader) => reader.TryRead(out var read) && IsWhole(reader, read);

    // The body stays where it is, for whoever reads it next.
    private static bool IsWhole(PipeReader reader, ReadResult read)
    {
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        return read.IsCompleted || read.IsCanceled;
    }

    /// <summary>Returns whether the body has come; otherwise the request is answered.</summary>
    private async Task<bool> WaitAsync(HttpContext http)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > _options.Bodies)
            {
                await refusals.OverloadedAsync(http);
                return false;
            }

            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            bounded.CancelAfter(_options.BodyTimeout);
            while (!IsWhole(http.Request.BodyReader, await http.Request.BodyReader.ReadAsync(bounded.Token)))
            {
            }

            return true;
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // What is still to come would be read to no purpose.
            http.Response.Headers.Connection = "close";
            await StatusProblems.Of(StatusCodes.Status408RequestTimeout, hasRoute: true).ExecuteAsync(http);
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
