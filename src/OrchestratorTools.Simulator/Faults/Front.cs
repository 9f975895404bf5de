using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>What stands before each simulated system: it keeps the request log and applies the faults. A request that no fault is meant for passes through counters only.</summary>
internal sealed class Front(ISimulatedSystem system, FaultList faults, RequestLog log)
{
    private const int KeptError = 4096;

    /// <summary>Answers one request, or cuts it.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var record = log.Open(system.Name, context);
        try
        {
            var plan = faults.Take(system.Name, context.Request);
            record.Fault = plan.Name;
            await HandleAsync(context, record, plan);
            if (context.RequestAborted.IsCancellationRequested)
                record.Aborted = true;
            else if (!record.Aborted)
                record.Status = context.Response.StatusCode;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            record.Aborted = true;
            throw;
        }
        finally
        {
            record.Finish();
        }
    }

    private async Task HandleAsync(HttpContext context, RequestRecord record, FaultPlan plan)
    {
        if (plan.Expiry is { } expiry)
            system.ExpireSessions(expiry.RefreshTokens);

        if (plan.Main?.Kind == FaultKind.Refuse)
        {
            record.Aborted = true;
            ConnectionCut.Reset(context);
            return;
        }

        context.Features.Set<IHttpResponseBodyFeature>(new MeteredResponse(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), record));
        context.Response.OnStarting(() =>
        {
            // A connection that has been cut still gets its answer made by the server; nobody hears it.
            if (!record.Aborted)
                record.Status = context.Response.StatusCode;

            return plan.Latency > TimeSpan.Zero ? Task.Delay(plan.Latency, context.RequestAborted) : Task.CompletedTask;
        });

        using var body = await RequestBody.OpenAsync(context, record, log, keep: !system.IsSecret(context.Request), plan);
        switch (plan.Main)
        {
            case { Kind: FaultKind.Status or FaultKind.RateLimit or FaultKind.Redirect or FaultKind.HugeBody } fault:
                await PreparedAnswer.SendAsync(context, fault, plan.BytesPerSecond);
                break;

            case { Kind: FaultKind.LostAnswer } fault:
                await RunUnheardAsync(context, record);
                record.Aborted = true;
                if (fault.Close)
                    await ConnectionCut.CloseAsync(context);
                else
                    ConnectionCut.Reset(context);
                break;

            case { Kind: FaultKind.ReplaceBody } fault:
                await RunUnheardAsync(context, record);
                record.Status = StatusCodes.Status200OK;
                await PreparedAnswer.SendAsync(context, fault, plan.BytesPerSecond);
                break;

            default:
                await RunAsync(context, record, plan, body);
                break;
        }
    }

    /// <summary>Runs the system with the bodies that the plan calls for.</summary>
    private async Task RunAsync(HttpContext context, RequestRecord record, FaultPlan plan, RequestBody body)
    {
        var main = plan.Main;
        if (main is null && plan.BytesPerSecond is null)
        {
            await RunSystemAsync(context, record);
            return;
        }

        using var answer = new FaultedResponse(context, main, plan.BytesPerSecond, () => body.IsBroken);
        try
        {
            await RunSystemAsync(context, record);
            await answer.FlushAsync();
        }
        catch (Exception e) when ((e is IOException or OperationCanceledException) && (answer.IsDue || body.IsBroken))
        {
            // The system has met the break that was made for it.
        }

        if (body.IsBroken)
        {
            record.Aborted = true;
            ConnectionCut.Reset(context);
        }
        else if (answer.IsDue)
        {
            record.Status = context.Response.StatusCode;
            record.Aborted = true;
            await answer.CutAsync();
        }
        else
        {
            answer.Leave();
        }
    }

    /// <summary>Runs the system so that nothing of what it answers is sent.</summary>
    private async Task RunUnheardAsync(HttpContext context, RequestRecord record)
    {
        var response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var unheard = new HttpResponseFeature();
        context.Features.Set<IHttpResponseFeature>(unheard);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await RunSystemAsync(context, record);
            record.Status = unheard.StatusCode;
        }
        finally
        {
            context.Features.Set(response);
            context.Features.Set(body);
        }
    }

    /// <summary>A system that fails is a defect of the simulator: the log says so, and so does the answer.</summary>
    private async Task RunSystemAsync(HttpContext context, RequestRecord record)
    {
        try
        {
            await system.HandleAsync(context);
        }
        catch (Exception e) when (!IsBrokenConnection(e, context))
        {
            var text = e.ToString();
            record.Error = text.Length > KeptError ? text[..KeptError] : text;
            if (context.Response.HasStarted)
                throw;

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("A defect of the simulator: " + record.Error), context.RequestAborted);
        }
    }

    private static bool IsBrokenConnection(Exception e, HttpContext context)
        => e is ConnectionResetException or ConnectionAbortedException or BadHttpRequestException
            || (e is (IOException or OperationCanceledException) && context.RequestAborted.IsCancellationRequested);
}
