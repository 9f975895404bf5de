using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>How many tasks one user may have at work (facts/vcd.md, "Error": OPERATION_LIMITS_EXCEEDED, 400).</summary>
internal static class OperationLimit
{
    /// <exception cref="VcdException">400: the request would start one task too many. Looking, logging out and cancelling are always possible.</exception>
    public static void Check(VcdCall call, Route route)
    {
        var most = call.Settings.MaximumOperations;
        if (most == 0 || route.IsLogin || HttpMethods.IsGet(route.Method) || call.IsCloudApi || call.Segments is ["api", "session"] or [.., "action", "cancel"]) return;
        var account = call.Session.Account;
        if (call.World.Tasks.All.Count(t => t.User == account && t.IsActive) < most) return;
        throw new VcdException(StatusCodes.Status400BadRequest, "OPERATION_LIMITS_EXCEEDED", $"The maximum number of simultaneous operations for user \"{account.Name}\" on organization \"{account.Org.Name}\" has been reached.");
    }
}
