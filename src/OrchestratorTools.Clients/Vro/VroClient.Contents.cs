using System.Runtime.CompilerServices;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vro;

/// <summary>What a plan's run consists of, and what the server has beside its plans.</summary>
public sealed partial class VroClient
{
    private const int PartsAtOnce = 4;

    /// <summary>The groups that a plan defines (GET Plans/{id}/Groups).</summary>
    public async Task<IReadOnlyList<VroPlanGroup>> ListGroupsAsync(string planId, CancellationToken cancellationToken)
    {
        var groups = await ListPartsAsync($"Plans/{Segment(planId)}/Groups", missingIsEmpty: false, VroPlanGroup.From, cancellationToken).ConfigureAwait(false);
        foreach (var group in groups)
        {
            group.PlanId = planId;
        }

        return groups;
    }

    /// <summary>The VMs of a group (GET Plans/{id}/Groups/{id}/Vms). A group of steps has none, and may not even have the list.</summary>
    public async Task<IReadOnlyList<VroPlanVm>> ListVmsAsync(string planId, string groupId, string groupName, CancellationToken cancellationToken)
    {
        var vms = await ListPartsAsync($"Plans/{Segment(planId)}/Groups/{Segment(groupId)}/Vms", missingIsEmpty: true, VroPlanVm.From, cancellationToken).ConfigureAwait(false);
        foreach (var vm in vms)
        {
            (vm.PlanId, vm.GroupId, vm.GroupName) = (planId, groupId, groupName);
        }

        return vms;
    }

    /// <summary>The steps of a VM (GET Plans/{id}/Vms/{id}/Steps).</summary>
    public async Task<IReadOnlyList<VroPlanStep>> ListStepsOfVmAsync(string planId, VroPlanVm vm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(vm);
        var steps = await ListPartsAsync($"Plans/{Segment(planId)}/Vms/{Segment(vm.Id)}/Steps", missingIsEmpty: false, VroPlanStep.From, cancellationToken).ConfigureAwait(false);
        foreach (var step in steps)
        {
            (step.PlanId, step.GroupId, step.GroupName, step.VmId, step.VmName) = (planId, vm.GroupId, vm.GroupName, vm.Id, vm.Name);
        }

        return steps;
    }

    /// <summary>The steps of a virtual group (GET Plans/{id}/Groups/{id}/Steps).</summary>
    public async Task<IReadOnlyList<VroPlanStep>> ListStepsOfGroupAsync(string planId, string groupId, string groupName, CancellationToken cancellationToken)
    {
        var steps = await ListPartsAsync($"Plans/{Segment(planId)}/Groups/{Segment(groupId)}/Steps", missingIsEmpty: true, VroPlanStep.From, cancellationToken).ConfigureAwait(false);
        foreach (var step in steps)
        {
            (step.PlanId, step.GroupId, step.GroupName) = (planId, groupId, groupName);
        }

        return steps;
    }

    /// <summary>The parameters of a step (GET Plans/{id}/Steps/{id}/Parameters).</summary>
    public async Task<IReadOnlyList<VroPlanStepParameter>> ListStepParametersAsync(string planId, string stepId, string stepName, CancellationToken cancellationToken)
    {
        var parameters = await ListPartsAsync($"Plans/{Segment(planId)}/Steps/{Segment(stepId)}/Parameters", missingIsEmpty: false, VroPlanStepParameter.From, cancellationToken).ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            (parameter.PlanId, parameter.StepId, parameter.StepName) = (planId, stepId, stepName);
        }

        return parameters;
    }

    /// <summary>The groups of a plan's run, with their VMs and all steps. Costs a request for every group and VM.</summary>
    public Task<IReadOnlyList<VroRuntimeGroup>> GetRuntimeGroupsAsync(string planId, CancellationToken cancellationToken) => GetRuntimeGroupsAsync(planId, VroRuntimeDepth.Steps, cancellationToken);

    /// <summary>The groups of a plan's run, as far down as is asked for.</summary>
    public async Task<IReadOnlyList<VroRuntimeGroup>> GetRuntimeGroupsAsync(string planId, VroRuntimeDepth depth, CancellationToken cancellationToken)
    {
        if (depth is VroRuntimeDepth.Plan)
        {
            return [];
        }

        var groups = await ListRuntimeGroupsAsync(planId, cancellationToken).ConfigureAwait(false);
        foreach (var group in depth is VroRuntimeDepth.Groups ? [] : groups)
        {
            group.Vms = await ListRuntimeVmsAsync(planId, group.Id, cancellationToken).ConfigureAwait(false);
            foreach (var vm in group.Vms)
            {
                vm.GroupName = group.Name;
            }

            if (depth is VroRuntimeDepth.Vms)
            {
                continue;
            }

            if (group.Vms.Count == 0)
            {
                group.Steps = await ListGroupStepsAsync(planId, group.Id, cancellationToken).ConfigureAwait(false);
            }

            await Parallel.ForEachAsync(group.Vms, new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken }, async (vm, token) =>
                vm.Steps = await ListVmStepsAsync(planId, vm.Id, token).ConfigureAwait(false)).ConfigureAwait(false);
            foreach (var step in group.Steps)
            {
                step.GroupName = group.Name;
            }

            foreach (var (vm, step) in group.Vms.SelectMany(v => v.Steps.Select(s => (v, s))))
            {
                (step.GroupName, step.VmName) = (group.Name, vm.Name);
            }
        }

        return groups;
    }

    /// <summary>What halted a plan's run; null where nothing failed, or where that cannot be told.</summary>
    public async Task<VroFailedPart?> FindFailedPartAsync(string planId, CancellationToken cancellationToken)
    {
        var groups = await ListRuntimeGroupsAsync(planId, cancellationToken).ConfigureAwait(false);
        if (groups.FirstOrDefault(g => g.HasFailed) is not { } group)
        {
            return null;
        }

        var vms = await ListRuntimeVmsAsync(planId, group.Id, cancellationToken).ConfigureAwait(false);
        var failed = vms.Where(v => v.HasFailed).ToArray();
        var steps = failed is [var first, ..]
            ? await ListVmStepsAsync(planId, first.Id, cancellationToken).ConfigureAwait(false)
            : await ListGroupStepsAsync(planId, group.Id, cancellationToken).ConfigureAwait(false);
        return new VroFailedPart(group, failed.FirstOrDefault(), steps.FirstOrDefault(s => s.HasFailed), failed.Length);
    }

    /// <summary>The recovery locations.</summary>
    public IAsyncEnumerable<VroRecoveryLocation> ListLocationsAsync(VroListQuery? query, CancellationToken cancellationToken)
        => ListAllAsync("RecoveryLocations", query, VroRecoveryLocation.From, cancellationToken);

    /// <summary>One recovery location.</summary>
    public async Task<VroRecoveryLocation> GetLocationAsync(string locationId, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"RecoveryLocations/{Segment(locationId)}", cancellationToken).ConfigureAwait(false)
            ?? throw Session.Error(OrchestratorErrorKind.Protocol, $"{Session.Server.Authority} answered the question for recovery location {locationId} with an empty body.");
        return Session.Stamp(VroRecoveryLocation.From(VroAssumptions.Unwrap(answer)));
    }

    internal Task<IReadOnlyList<VroRuntimeGroup>> ListRuntimeGroupsAsync(string planId, CancellationToken cancellationToken)
        => ListRuntimePartsAsync(planId, "Groups", VroRuntimeGroup.From, cancellationToken);

    // The list of a group's VMs is the group itself, without /Vms (facts/vro.md, "VMs of a group").
    internal Task<IReadOnlyList<VroRuntimeVm>> ListRuntimeVmsAsync(string planId, string groupId, CancellationToken cancellationToken)
        => ListRuntimePartsAsync(planId, $"Groups/{Segment(groupId)}", VroRuntimeVm.From, cancellationToken);

    internal Task<IReadOnlyList<VroRuntimeStep>> ListVmStepsAsync(string planId, string vmId, CancellationToken cancellationToken)
        => ListRuntimePartsAsync(planId, $"Vms/{Segment(vmId)}/Steps", VroRuntimeStep.From, cancellationToken);

    internal Task<IReadOnlyList<VroRuntimeStep>> ListGroupStepsAsync(string planId, string groupId, CancellationToken cancellationToken)
        => ListRuntimePartsAsync(planId, $"Groups/{Segment(groupId)}/Steps", VroRuntimeStep.From, cancellationToken);

    private async Task<IReadOnlyList<T>> ListRuntimePartsAsync<T>(string planId, string path, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : VroRuntimePart
    {
        var parts = await ListPartsAsync($"RuntimeDetails/Plans/{Segment(planId)}/{path}", missingIsEmpty: true, read, cancellationToken).ConfigureAwait(false);
        foreach (var part in parts)
        {
            part.PlanId = planId;
        }

        return parts;
    }

    private async Task<IReadOnlyList<T>> ListPartsAsync<T>(string path, bool missingIsEmpty, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : ServerObject
    {
        var items = await ListAsync(path, missingIsEmpty, cancellationToken).ConfigureAwait(false);
        return items.Where(i => i.ValueKind is JsonValueKind.Object).Select(i => Session.Stamp(read(i))).ToArray();
    }

    // Page by page; a page is asked for when the one before was taken.
    private async IAsyncEnumerable<T> ListAllAsync<T>(string path, VroListQuery? query, Func<JsonElement, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ServerObject
    {
        query ??= new VroListQuery();
        var (start, found) = (query.Skip, 0);
        while (true)
        {
            var limit = query.First is { } first ? Math.Min(PageSize, first - found) : PageSize;
            var page = await GetPageAsync(Session.At(query.AddressOf(path, start, limit)), cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items.Where(i => i.ValueKind is JsonValueKind.Object))
            {
                yield return Session.Stamp(read(item));
                if (++found == query.First)
                {
                    yield break;
                }
            }

            start += page.Items.Count;
            if (page.Items.Count == 0 || start >= page.Total)
            {
                yield break;
            }
        }
    }
}
