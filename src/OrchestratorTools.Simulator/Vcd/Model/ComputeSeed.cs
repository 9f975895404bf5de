using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Invents vApps, their machines and independent disks.</summary>
internal sealed class ComputeSeed(Inventory inventory, TaskStore tasks, SeedRandom random, DateTimeOffset now)
{
    // What URLs, XML, wildcards and the filter language would take for their own, once each.
    private static readonly string[] VAppNames =
    [
        "web", "erp (production)", "R&D lab", "backup, weekly; (set 1)", "it's 100% räksmörgås 数据", "db-cluster", "WEB", "a==b!=c*", "quotes \"and\" <tags>", "mail", "monitoring", "jump host",
    ];

    private static readonly string[] MachineNames = ["web-01", "web-02", "db & cache", "app (blue), 1", "knöt", "win2022", "proxy"];

    // How many machines the vApps have, in turn; one has none.
    private static readonly int[] Sizes = [2, 3, 1, 2, 0, 4, 1, 1, 2, 1, 5, 1];

    private static readonly GuestSystem[] Guests =
    [
        new(96, "debian11_64Guest", "Debian GNU/Linux 11 (64-bit)"),
        new(94, "ubuntu64Guest", "Ubuntu Linux (64-bit)"),
        new(112, "windows2019srvNext_64Guest", "Microsoft Windows Server 2022 (64-bit)"),
        new(80, "rhel9_64Guest", "Red Hat Enterprise Linux 9 (64-bit)"),
        new(107, "centos64Guest", "CentOS 4/5/6/7 (64-bit)"),
    ];

    // What guests can be told: of every kind that a property can have, one.
    private static XElement Storefront => XElement.Parse($$"""
        <ovf:ProductSection xmlns:ovf="{{Xml.Ovf.NamespaceName}}" ovf:required="true">
          <ovf:Info>Information about the installed software</ovf:Info>
          <ovf:Product>Storefront</ovf:Product>
          <ovf:Vendor>Example Software</ovf:Vendor>
          <ovf:Version>2.4</ovf:Version>
          <ovf:Category>Database</ovf:Category>
          <ovf:Property ovf:key="db_host" ovf:type="string" ovf:qualifiers="MinLen(1) MaxLen(60)" ovf:userConfigurable="true" ovf:value="localhost"><ovf:Label>Database host</ovf:Label><ovf:Value ovf:value="db01.example.com" /></ovf:Property>
          <ovf:Property ovf:key="db_port" ovf:type="uint16" ovf:userConfigurable="true" ovf:value="5432"><ovf:Label>Database port</ovf:Label></ovf:Property>
          <ovf:Property ovf:key="db_password" ovf:type="string" ovf:password="true" ovf:userConfigurable="true"><ovf:Label>Database password</ovf:Label><ovf:Value ovf:value="initial-secret" /></ovf:Property>
          <ovf:Category>Operation</ovf:Category>
          <ovf:Property ovf:key="log_level" ovf:type="string" ovf:qualifiers="ValueMap{&quot;error&quot;,&quot;info&quot;,&quot;debug&quot;}" ovf:userConfigurable="true" ovf:value="info"><ovf:Label>Log level</ovf:Label></ovf:Property>
          <ovf:Property ovf:key="maintenance" ovf:type="boolean" ovf:userConfigurable="true" ovf:value="false"><ovf:Label>Maintenance page</ovf:Label></ovf:Property>
          <ovf:Property ovf:key="build" ovf:type="string" ovf:value="2.4.17"><ovf:Label>Build</ovf:Label></ovf:Property>
        </ovf:ProductSection>
        """);

    private readonly Dictionary<OrgVdcNetwork, int> _addresses = [];
    private int _macs;

    /// <summary>Makes vApps until they have so many machines.</summary>
    public void Build(int machines)
    {
        var acme = Place("acme-vdc", "acme");
        var globex = Place("globex-vdc", "globex");
        for (int made = 0, index = 0; made < machines; index++)
        {
            var (vdc, owners, networks) = index % 4 == 3 ? globex : acme;
            var size = Math.Min(machines - made, Sizes[index % Sizes.Length] * (index < Sizes.Length ? 1 : 1 + (index % 5)));
            MakeVApp(index, size, vdc, owners[index % owners.Length], networks);
            made += size;
        }

        MakeDisks(acme.Vdc, acme.Owners);
        MakeDisks(globex.Vdc, globex.Owners);
        inventory.Add(HalfUploaded(acme.Vdc, acme.Owners[0]));
    }

    private static XElement Site(string instance, string region) => XElement.Parse($"""
        <ovf:ProductSection xmlns:ovf="{Xml.Ovf.NamespaceName}" ovf:class="com.example.site" ovf:instance="{instance}">
          <ovf:Info>A site</ovf:Info>
          <ovf:Product>Site {instance}</ovf:Product>
          <ovf:Property ovf:key="region" ovf:type="string" ovf:userConfigurable="true" ovf:value="{region}" />
        </ovf:ProductSection>
        """);

    private (Vdc Vdc, Account[] Owners, OrgVdcNetwork[] Networks) Place(string vdcName, string org)
    {
        var vdc = inventory.Vdcs.Values.First(v => v.Name == vdcName);
        return (
            vdc,
            [.. inventory.Accounts.Where(a => a.Org.Name == org && a.Profile is { IsEnabled: true, IsLocked: false })],
            [.. inventory.Networks.Values.Where(n => n.Vdc == vdc).OrderBy(n => n.Name, StringComparer.Ordinal)]);
    }

    private void MakeVApp(int index, int size, Vdc vdc, Account owner, OrgVdcNetwork[] networks)
    {
        var name = index < VAppNames.Length ? VAppNames[index] : string.Create(CultureInfo.InvariantCulture, $"vapp-{index:0000}");
        var vApp = inventory.Add(new VApp(random.NextId(), name, vdc, owner, now.AddDays(-1 - (index % 400)))
        {
            Description = index % 3 == 0 ? $"Number {index} & its notes" : "",
            IsInMaintenance = index % 17 == 10,
            Access = index % 5 == 2 ? new AccessControl { Everyone = AccessLevel.ReadOnly } : AccessControl.None,
        });
        foreach (var network in networks.Take(1 + (index % 2)))
        {
            inventory.Add(new VAppNetwork(random.NextId(), network.Name, vApp, FenceMode.Bridged, network.Scope with { IsInherited = true }) { Parent = network });
        }

        if (index % 6 == 5) inventory.Add(new VAppNetwork(random.NextId(), $"own of {name}", vApp, FenceMode.Isolated, new IpScope("192.168.2.1", "255.255.255.0", "192.168.2.100", "192.168.2.199")));

        for (var i = 0; i < size; i++) MakeMachine(vApp, i, StatusOf(index, i));
        SetLeases(vApp, index);
        if (index == 0) vApp.ProductSections = [Site("1", "north"), Site("2", "south")];

        if (index % 13 == 12) Fail(vApp, owner);
    }

    private void Fail(VApp vApp, Account owner)
    {
        vApp.CreationStatus = MachineStatus.FailedCreation;
        foreach (var machine in vApp.Machines)
        {
            machine.Status = MachineStatus.FailedCreation;
            machine.IsDeployed = false;
        }

        tasks.Add(new VcdTask(random.NextId(), "vdcInstantiateVapp", $"Created Virtual Application {vApp.Name}({vApp.Id})", vApp.Reference, owner, vApp.Org, vApp.Created)
        {
            State = TaskState.Error,
            End = vApp.Created.AddMinutes(1),
            Failure = new TaskFailure(500, "INTERNAL_SERVER_ERROR", "The network \"lost\" that the template asks for does not exist."),
        });
    }

    private static MachineStatus StatusOf(int vApp, int machine) => (vApp % 8) switch
    {
        1 => MachineStatus.PoweredOff,
        3 => MachineStatus.Suspended,
        5 => machine % 2 == 0 ? MachineStatus.PoweredOn : MachineStatus.PoweredOff,
        7 => MachineStatus.PoweredOff,
        _ => vApp > 8 && vApp % 8 == 2 && machine == 0 ? MachineStatus.WaitingForInput : MachineStatus.PoweredOn,
    };

    private void SetLeases(VApp vApp, int index)
    {
        if (vApp.IsDeployed)
        {
            // Every fourth one runs without an end.
            if (index % 4 == 0) vApp.RuntimeLease = TimeSpan.Zero;
            else vApp.RuntimeLeaseEnds = now.AddDays(1 + (index % 7));
            return;
        }

        vApp.IsExpired = index % 8 == 7;
        vApp.StorageLeaseEnds = vApp.IsExpired ? now.AddDays(-3) : now.AddDays(2 + (index % 28));
    }

    private void MakeMachine(VApp vApp, int index, MachineStatus status)
    {
        var nth = inventory.Machines.Count;
        var name = nth < MachineNames.Length ? MachineNames[nth] : string.Create(CultureInfo.InvariantCulture, $"vm-{nth:0000}");
        var machine = new VirtualMachine(random.NextId(), name, vApp, vApp.Vdc.StorageProfiles[nth % vApp.Vdc.StorageProfiles.Count], Guests[nth % Guests.Length], vApp.Created.AddMinutes(index))
        {
            Status = status,
            IsDeployed = status is MachineStatus.PoweredOn or MachineStatus.Suspended or MachineStatus.WaitingForInput,
            Cpus = 1 << (nth % 4),
            CoresPerSocket = nth % 4 == 3 ? 2 : 1,
            MemoryMegabytes = 1024 << (nth % 5),
            HardwareVersion = nth % 6 == 0 ? 14 : 19,
            ToolsVersion = nth % 7 == 6 ? 0 : Assumptions.ToolsVersion,
            HasCpuHotAdd = nth % 2 == 0,
            HasMemoryHotAdd = nth % 3 == 0,
            ComputerName = string.Create(CultureInfo.InvariantCulture, $"host-{nth:0000}"),
            NeedsCustomization = nth % 9 == 8,
            Description = nth % 4 == 1 ? "Patched on Tuesdays, rebooted <never>" : "",
            Question = status == MachineStatus.WaitingForInput ? Assumptions.DriveQuestion(name) : null,
            Snapshot = nth % 10 == 3 ? new MachineSnapshot(now.AddDays(-2), 3L << 30, status == MachineStatus.PoweredOn) : null,
        };
        for (var disk = 0; disk <= nth % 3; disk++) machine.Disks.Add(new VirtualDisk(disk, (16 + (8 * (nth % 5))) << 10));
        Connect(machine, vApp, nth);
        if (nth % 11 == 5) machine.InsertedMedia = inventory.Media.Values.FirstOrDefault(m => m.Vdc == vApp.Vdc);
        if (nth % 5 == 2) machine.Adapters[0].AdapterType = "E1000E";
        if (nth == 0) machine.ProductSections = [Storefront];
        inventory.Add(machine);
    }

    private void Connect(VirtualMachine machine, VApp vApp, int nth)
    {
        for (var i = 0; i < Math.Max(1, vApp.Networks.Count); i++)
        {
            var network = i < vApp.Networks.Count ? vApp.Networks[i] : null;
            var mode = network is null || nth % 8 == 7 ? "NONE" : nth % 5 == 4 ? "DHCP" : nth % 6 == 1 ? "MANUAL" : "POOL";
            var adapter = new NetworkAdapter(i, mode is "NONE" ? NetworkAdapter.None : network!.Name, NextMac(), mode) { IsPrimary = i == 0, IsConnected = mode is not "NONE" };

            // A machine that gets its address by DHCP has one while it runs only.
            if (mode is "POOL" or "MANUAL" || (mode is "DHCP" && machine.Status == MachineStatus.PoweredOn)) adapter.IpAddress = NextAddress(network!);
            machine.Adapters.Add(adapter);
        }
    }

    private string NextMac()
    {
        var n = _macs++;
        return string.Create(CultureInfo.InvariantCulture, $"00:50:56:01:{n >> 8 & 0xFF:x2}:{n & 0xFF:x2}");
    }

    private string NextAddress(VAppNetwork network)
    {
        if (network.Parent is not { } parent) return string.Create(CultureInfo.InvariantCulture, $"192.168.2.{100 + (network.VApp.Machines.Count % 100)}");
        var n = _addresses[parent] = _addresses.GetValueOrDefault(parent) + 1;
        var first = parent.Scope.FirstAddress.Split('.');
        return string.Create(CultureInfo.InvariantCulture, $"{first[0]}.{first[1]}.{1 + (n >> 8)}.{n & 0xFF}");
    }

    private void MakeDisks(Vdc vdc, Account[] owners)
    {
        var machines = inventory.Machines.Values.Where(m => m.Vdc == vdc).OrderBy(m => m.Name, StringComparer.Ordinal).ToArray();
        string[] names = ["data-01", "scratch & temp", "quorum (shared), 1", "archiv größe"];
        for (var i = 0; i < names.Length; i++)
        {
            var disk = inventory.Add(new IndependentDisk(random.NextId(), names[i], vdc.StorageProfiles[i % vdc.StorageProfiles.Count], (10L + (20 * i)) << 30, owners[i % owners.Length], now.AddDays(-20 - i))
            {
                Description = i == 0 ? "Kept when its machine goes" : "",
                BusSubType = i % 2 == 0 ? "VirtualSCSI" : "lsilogic",
            });
            if (i % 2 == 1 || machines.Length == 0) continue;
            var machine = machines[i % machines.Length];
            disk.AttachedTo.Add(machine);
            machine.AttachedDisks.Add(disk);
        }
    }

    /// <summary>A template that is still being resolved and is in no catalog yet, as an upload to a VDC leaves it.</summary>
    private Template HalfUploaded(Vdc vdc, Account owner) => new(random.NextId(), "appliance (importing)", vdc.StorageProfiles[0], owner, now.AddMinutes(-5)) { Status = EntityStatus.Unresolved };
}
