using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What one link of a vApp or virtual machine does, and in which states there is nothing to do.</summary>
/// <param name="Verb">What is done, as it stands in a question: "Power on".</param>
/// <param name="Action">The link.</param>
internal sealed record VcdOperation(string Verb, VcdAction Action)
{
    /// <summary>What stands between what is done and what it is done to: " of", " on", or nothing.</summary>
    public string Joint { get; init; } = string.Empty;

    /// <summary>What is done to something: "Powering off vApp 'web'".</summary>
    public string DoneTo(string what) => $"{Action.Title}{Joint} {what}";

    /// <summary>Makes the body; null where there is none.</summary>
    public Func<XElement>? Body { get; init; }

    /// <summary>Why nothing is to be done in a state, as "it is powered on already"; null where something is.</summary>
    public Func<VcdRunState, string?>? Done { get; init; }

    /// <summary>Why a state is not the one that is meant, though its links would allow the same request; null where it is.</summary>
    public Func<VcdRunState, string?>? Unfit { get; init; }

    /// <summary>What to do where the state does not allow it; given "VcdVApp" or "VcdVM".</summary>
    public Func<string, string>? Hint { get; init; }
}

/// <summary>The state of a vApp or virtual machine, as far as switching it goes.</summary>
/// <param name="Code">The number of its status.</param>
/// <param name="IsDeployed">Whether it, or one of its machines, is deployed.</param>
/// <param name="IsInMaintenance">Whether it is in maintenance mode.</param>
internal sealed record VcdRunState(int? Code, bool IsDeployed, bool IsInMaintenance)
{
    private readonly HashSet<int> _machines = [];

    private const int Resolved = 1;
    private const int Suspended = 3;
    private const int PoweredOn = 4;
    private const int PoweredOff = 8;
    private const int WaitingForInput = 5;
    private const int Mixed = 10;

    public bool IsOn => Code is PoweredOn;

    public bool IsOff => Code is PoweredOff or Resolved;

    public bool IsSuspended => Code is Suspended;

    public bool IsFailed => Code is < 0;

    public bool IsWaiting => Code is WaitingForInput;

    /// <summary>True of a vApp whose machines differ, some of which are suspended.</summary>
    public bool IsPartlySuspended => Code is Mixed && _machines.Contains(Suspended);

    /// <summary>True of a vApp some of whose machines are off.</summary>
    public bool IsPartlyOff => _machines.Contains(PoweredOff);

    /// <summary>Reads the state from the whole representation. A vApp counts as deployed as long as one of its machines is.</summary>
    public static VcdRunState Of(XElement entity)
    {
        var machines = VcdXml.Children(VcdXml.Child(entity, "Children"), "Vm").ToArray();
        var state = new VcdRunState(
            (int?)VcdXml.Number(entity, "status"),
            VcdXml.Flag(entity, "deployed") is true || machines.Any(v => VcdXml.Flag(v, "deployed") is true),
            VcdXml.Flag(VcdXml.ChildText(entity, "InMaintenanceMode")) is true);
        state._machines.UnionWith(machines.Select(m => VcdXml.Number(m, "status")).OfType<long>().Select(n => (int)n));
        return state;
    }
}
