namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Changes a vApp as such: its name, its maintenance mode, its end.</summary>
internal static class VAppChanges
{
    /// <summary>POST …/action/enterMaintenanceMode and exitMaintenanceMode: at once, and for the provider alone.</summary>
    public static VcdAnswer SetMaintenance(VcdCall call, VApp vApp, bool isOn)
    {
        if (!call.Sees.IsProvider) throw VcdException.Forbidden();
        if (vApp.IsInMaintenance == isOn) throw VcdException.BadRequest($"The requested operation could not be executed since vApp \"{vApp.Name}\" is {(isOn ? "already" : "not")} in maintenance mode.");
        vApp.IsInMaintenance = isOn;
        return VcdAnswer.NoContent;
    }
}
