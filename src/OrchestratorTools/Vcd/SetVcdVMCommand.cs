using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes virtual machines: CPUs, memory, name, computer name, description, storage profile, and what can be added while they run. All changes of a machine go in as few requests as the server allows.</summary>
[Cmdlet(VerbsCommon.Set, "VcdVM", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class SetVcdVMCommand : VcdVMTaskCmdlet
{
    private int _machines;
    private Action? _held;

    /// <summary>How many virtual CPUs.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int NumberOfCpus { get; set; }

    /// <summary>How many of them share a socket.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int CoresPerSocket { get; set; }

    /// <summary>Memory in bytes, in steps of 4 MB: 4GB.</summary>
    [Parameter]
    public long Memory { get; set; }

    /// <summary>CPUs can be added while it runs; -CpuHotAdd:$false ends that.</summary>
    [Parameter]
    public SwitchParameter CpuHotAdd { get; set; }

    /// <summary>Memory can be added while it runs; -MemoryHotAdd:$false ends that.</summary>
    [Parameter]
    public SwitchParameter MemoryHotAdd { get; set; }

    /// <summary>The new name. For one virtual machine only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The name that the guest is given when it is next customized. For one virtual machine only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ComputerName { get; set; }

    /// <summary>The new description; an empty text takes it away.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The storage profile that it is stored by, of its virtual data center. Its files move there.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (!new[] { nameof(NumberOfCpus), nameof(CoresPerSocket), nameof(Memory), nameof(CpuHotAdd), nameof(MemoryHotAdd), nameof(Name), nameof(ComputerName), nameof(Description), nameof(StorageProfile) }.Any(MyInvocation.BoundParameters.ContainsKey))
        {
            ThrowBadParameter(nameof(NumberOfCpus), null, "there is nothing to change; what is to be changed is needed, such as -NumberOfCpus or -Memory.");
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(Memory)) && VcdMachineChecks.NoMemory(Memory) is { } noMemory)
        {
            ThrowBadParameter(nameof(Memory), Memory, noMemory);
        }

        if (ComputerName is { } computer && VcdMachineChecks.NoComputerName(computer) is { } noName)
        {
            ThrowBadParameter(nameof(ComputerName), computer, noName);
        }
    }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
    {
        if (++_machines > 1 && (Name ?? ComputerName) is not null)
        {
            ThrowBadParameter(Name is null ? nameof(ComputerName) : nameof(Name), Name ?? ComputerName, "one name is for one virtual machine.");
        }

        var href = vm.Href.Length > 0 ? vm.Href : vm.Id;
        var now = Await(token => client.GetEntityAsync<VcdVM>(href, token));
        now.VApp ??= vm.VApp;
        now.VAppHref ??= vm.VAppHref;
        var wanted = new VcdVMSettings
        {
            Name = Name,
            Description = Description,
            ComputerName = ComputerName,
            NumberOfCpus = Typed(nameof(NumberOfCpus)) ? NumberOfCpus : null,
            CoresPerSocket = Typed(nameof(CoresPerSocket)) ? CoresPerSocket : null,
            Memory = Typed(nameof(Memory)) ? Memory : null,
            CpuHotAdd = Typed(nameof(CpuHotAdd)) ? CpuHotAdd.ToBool() : null,
            MemoryHotAdd = Typed(nameof(MemoryHotAdd)) ? MemoryHotAdd.ToBool() : null,
            StorageProfile = StorageProfile is null ? null : Profile(client, vm, now, StorageProfile),
        };
        VcdMachineChecks.Settings(now, wanted);
        var differences = wanted.Differences(now);
        if (differences.Count == 0)
        {
            WriteVerbose($"Virtual machine '{now.Name}' is already as it should be; nothing is sent.");
            WriteObject(now);
            return;
        }

        if (!ShouldProcess(Described(client, now), "Set " + string.Join(", ", differences)))
        {
            return;
        }

        void Begin() => Start(
            client,
            $"Changing virtual machine '{now.Name}'",
            vm,
            (c, token) => c.SetVMAsync(href, wanted, Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null, token),
            Finished(now));

        // A name is for one machine: that no second one comes is known at the end only.
        if ((Name ?? ComputerName) is not null)
        {
            _held = Begin;
        }
        else
        {
            Begin();
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        _held?.Invoke();
        base.OnEnd();
    }

    private bool Typed(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private VcdReference Profile(VcdClient client, VcdVM vm, VcdVM now, VcdStorageProfileArgument argument)
        => VcdStorageProfiles.For(client, argument, nameof(StorageProfile), vm, now, work => Await(work));
}
