using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What becomes of a machine when its vApp is started.</summary>
public enum VcdStartAction
{
    /// <summary>It is powered on.</summary>
    PowerOn,

    /// <summary>It stays as it is.</summary>
    None,
}

/// <summary>What becomes of a machine when its vApp is stopped.</summary>
public enum VcdStopAction
{
    /// <summary>It is powered off.</summary>
    PowerOff,

    /// <summary>Its guest is shut down, which needs VMware Tools.</summary>
    GuestShutdown,

    /// <summary>It stays as it is.</summary>
    None,
}

/// <summary>When and how a machine is started and stopped with its vApp (an item of the vApp's StartupSection).</summary>
public sealed class VcdStartupOrder : ServerObject, IOfTenant
{
    internal VcdStartupOrder(XElement item, string vapp, string href)
    {
        VApp = vapp;
        Href = href;
        VM = Value(item, "id") ?? string.Empty;
        Order = (int)(VcdXml.Number(Value(item, "order")) ?? 0);
        StartAction = string.Equals(Value(item, "startAction"), "none", StringComparison.OrdinalIgnoreCase) ? VcdStartAction.None : VcdStartAction.PowerOn;
        StartDelay = (int)(VcdXml.Number(Value(item, "startDelay")) ?? 0);
        StopAction = Value(item, "stopAction")?.ToUpperInvariant() switch
        {
            "GUESTSHUTDOWN" => VcdStopAction.GuestShutdown,
            "NONE" => VcdStopAction.None,
            _ => VcdStopAction.PowerOff,
        };
        StopDelay = (int)(VcdXml.Number(Value(item, "stopDelay")) ?? 0);
    }

    /// <summary>The virtual machine's name.</summary>
    public string VM { get; }

    /// <summary>The vApp's name.</summary>
    public string VApp { get; }

    /// <summary>The vApp's address.</summary>
    public string Href { get; }

    /// <summary>Machines are started from the lowest number on, those of one number together, and stopped the other way round.</summary>
    public int Order { get; }

    /// <summary>What becomes of it when the vApp is started.</summary>
    public VcdStartAction StartAction { get; }

    /// <summary>Seconds until the next number's turn to start.</summary>
    public int StartDelay { get; }

    /// <summary>What becomes of it when the vApp is stopped.</summary>
    public VcdStopAction StopAction { get; }

    /// <summary>Seconds until the next number's turn to stop.</summary>
    public int StopDelay { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => VM;

    // Recorded attributes are in OVF's namespace; whatever has the name is taken.
    private static string? Value(XElement item, string name) => item.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;
}

/// <summary>What is to be changed of a machine's place in the order; what is null stays.</summary>
public sealed record VcdStartupChange
{
    /// <summary>The number.</summary>
    public int? Order { get; init; }

    /// <summary>What becomes of it when the vApp is started.</summary>
    public VcdStartAction? StartAction { get; init; }

    /// <summary>Seconds until the next number's turn to start.</summary>
    public int? StartDelay { get; init; }

    /// <summary>What becomes of it when the vApp is stopped.</summary>
    public VcdStopAction? StopAction { get; init; }

    /// <summary>Seconds until the next number's turn to stop.</summary>
    public int? StopDelay { get; init; }
}
