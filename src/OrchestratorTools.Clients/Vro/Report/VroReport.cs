using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Clients.Vro.Report;

/// <summary>
/// Evidence of plans' runs: what the server's plans and their runtime details tell at one moment. The API has no reports of its own to hand out (facts/vro.md, "Not in the API at all"),
/// and a restart of the server empties the runtime details: what was not written down before is gone.
/// </summary>
public sealed class VroReport
{
    private readonly List<VroReportPlan> _plans = [];
    private readonly List<VroReportFailure> _failures = [];

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How long a run may take; null: nobody said.</summary>
    public TimeSpan? Rto { get; init; }

    /// <summary>The module's version.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>The machine that it was made on.</summary>
    public required string Machine { get; init; }

    /// <summary>The plans, in the order in which they were asked for.</summary>
    public IReadOnlyList<VroReportPlan> Plans => _plans;

    /// <summary>What was asked for and could not be read.</summary>
    public IReadOnlyList<VroReportFailure> Failures => _failures;

    /// <summary>Adds a plan.</summary>
    public void Add(VroReportPlan plan) => _plans.Add(plan);

    /// <summary>Adds what could not be read: a report that is silent about it would look complete.</summary>
    public void AddFailure(string plan, string reason) => _failures.Add(new VroReportFailure(plan, reason));

    /// <summary>Writes the page.</summary>
    public string ToHtml()
    {
        var data = VroReportData.Write(this);
        return VroReportPage.Write(this, data, HashOf(data));
    }

    /// <summary>Writes the data with its checksum: <c>{sha256, hashed, data}</c>.</summary>
    public string ToJson()
    {
        var data = VroReportData.Write(this);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, VroReportData.Options))
        {
            json.WriteStartObject();
            json.WriteString("sha256", HashOf(data));
            json.WriteString("hashed", "The UTF-8 bytes of the value of \"data\" exactly as it stands in this file: from its first { to its last }, with the line feeds and blanks between.");
            json.WritePropertyName("data");
            json.WriteRawValue(data);
            json.WriteEndObject();
        }

        return VroReportData.TextOf(stream) + "\n";
    }

    /// <summary>SHA-256 of a text's UTF-8 bytes, in small hexadecimal digits.</summary>
    internal static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLower(CultureInfo.InvariantCulture);
}

/// <summary>A plan that was asked for and could not be read.</summary>
/// <param name="Plan">Its name or id.</param>
/// <param name="Reason">Why.</param>
public sealed record VroReportFailure(string Plan, string Reason);

/// <summary>A plan in a report.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Runtime">What it does, or did last, with its groups, VMs and steps.</param>
public sealed record VroReportPlan(VroPlan Plan, VroPlanRuntime Runtime)
{
    /// <summary>The server.</summary>
    public required string Server { get; init; }

    /// <summary>The version of the API in use there.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The account that read all this.</summary>
    public string? ReadBy { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Whether the run came to its end within a time; null where that cannot be told, or nobody said what time. A run that was halted or failed has not come to its end.</summary>
    internal bool? Kept(TimeSpan? rto)
        => rto is not { } limit || Runtime.IsRunning is not false || Runtime.Duration is not { } took ? null : !HasFailed && took <= limit;

    /// <summary>True where the run did not come to its end.</summary>
    internal bool HasFailed => VroAssumptions.IsHalted(Runtime.State, Runtime.StateName) || VroAssumptions.IsError(Runtime.Result);

    /// <summary>The parts that failed, the innermost ones: with their group and VM.</summary>
    internal IEnumerable<(string Group, string Vm, VroRuntimePart Part)> Failed
    {
        get
        {
            foreach (var group in Runtime.Groups)
            {
                var inside = false;
                foreach (var step in group.Steps.Where(IsWorthTelling))
                {
                    inside = true;
                    yield return (group.Name, string.Empty, step);
                }

                foreach (var vm in group.Vms)
                {
                    var steps = vm.Steps.Where(IsWorthTelling).ToArray();
                    inside |= steps.Length > 0 || IsWorthTelling(vm);
                    foreach (var step in steps)
                    {
                        yield return (group.Name, vm.Name, step);
                    }

                    if (steps.Length == 0 && IsWorthTelling(vm))
                    {
                        yield return (group.Name, vm.Name, vm);
                    }
                }

                if (!inside && IsWorthTelling(group))
                {
                    yield return (group.Name, string.Empty, group);
                }
            }
        }
    }

    // A warning is told too: a step that failed and was not required is one.
    private static bool IsWorthTelling(VroRuntimePart part) => VroReportPage.HasFailed(part) || string.Equals(part.Result, "Warning", StringComparison.OrdinalIgnoreCase);
}
