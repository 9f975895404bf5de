using System.Globalization;
using System.Text;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What halted a run: the first group that failed, in it the VM and the step, as far as they can be told.</summary>
/// <param name="Group">The group.</param>
/// <param name="Vm">The VM; null where a step of the group itself failed.</param>
/// <param name="Step">The step.</param>
/// <param name="FailedVms">How many VMs of the group failed.</param>
public sealed record VroFailedPart(VroRuntimeGroup Group, VroRuntimeVm? Vm, VroRuntimeStep? Step, int FailedVms)
{
    /// <summary>The ways to go on that make sense here, and that the step does not forbid.</summary>
    public IReadOnlyList<VroContinueOption> Allowed
    {
        get
        {
            var forbidden = VroAssumptions.ForbiddenWays(Step?.ProhibitedOperations ?? []).ToArray();
            return Enum.GetValues<VroContinueOption>()
                .Where(o => !forbidden.Contains(o) && (Vm is not null || o is not (VroContinueOption.ProceedToNextVm or VroContinueOption.RetryFailedVm)))
                .ToArray();
        }
    }

    /// <summary>Group, VM and step in words, with what the server says of them.</summary>
    public string Description
    {
        get
        {
            var text = new StringBuilder(ToString());
            if (new[] { Step?.Details, Vm?.Details, Group.Details }.FirstOrDefault(d => !string.IsNullOrWhiteSpace(d)) is { } details)
            {
                text.Append(CultureInfo.InvariantCulture, $" ({details.Trim().TrimEnd('.')})");
            }

            return text.ToString();
        }
    }

    /// <summary>How many more VMs failed, as a sentence with a blank before; empty where none did.</summary>
    internal string Others => FailedVms > 1 ? string.Create(CultureInfo.InvariantCulture, $" {FailedVms - 1} more VM{(FailedVms > 2 ? "s" : string.Empty)} of the group failed.") : string.Empty;

    /// <summary>True for the ways that try again what failed.</summary>
    public static bool IsAboutFailure(VroContinueOption option)
        => option is VroContinueOption.RetryFailedStep or VroContinueOption.RetryFailedVm or VroContinueOption.RetryFailedGroup;

    /// <summary>Group, VM and step in words.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"group '{Group.Name}'");
        if (Vm is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", VM '{Vm.Name}'");
        }

        if (Step is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", step '{Step.Name}'");
        }

        return text.ToString();
    }
}
