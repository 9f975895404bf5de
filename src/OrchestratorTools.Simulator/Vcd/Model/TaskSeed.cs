namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Invents what was done in the last weeks: every organization has a list of tasks that is worth a search.</summary>
internal sealed class TaskSeed(Inventory inventory, TaskStore tasks, SeedRandom random, DateTimeOffset now)
{
    // They are older than the few whose shapes are odd, so that those stay the latest.
    private static readonly TimeSpan Latest = TimeSpan.FromHours(40);

    private static readonly (string Name, string Operation)[] OfVApps =
    [
        ("vappDeploy", "Starting Virtual Application"), ("vappUndeployPowerOff", "Stopping Virtual Application"), ("vappUpdateVApp", "Updating Virtual Application"), ("vappCreateSnapshot", "Creating snapshot of Virtual Application"),
    ];

    private static readonly (string Name, string Operation)[] OfMachines =
    [
        ("vappUpdateVm", "Updating Virtual Machine"), ("vappPowerOff", "Powering off Virtual Machine"), ("vappReset", "Resetting Virtual Machine"), ("vappInsertCdFloppy", "Inserting media into Virtual Machine"),
    ];

    public void Build()
    {
        foreach (var (org, count) in new[] { ("acme", 60), ("globex", 20) })
        {
            var vApps = inventory.VApps.Values.Where(v => v.Org.Name == org).ToArray();
            var machines = inventory.Machines.Values.Where(m => m.Org.Name == org).ToArray();
            var administrator = inventory.Accounts.First(a => a.Org.Name == org);
            for (var i = 0; i < count; i++)
            {
                if (i % 2 == 0 && vApps.Length > 0) Add(i, vApps[i / 2 % vApps.Length], OfVApps[i / 2 % OfVApps.Length], i % 3 == 0 ? administrator : vApps[i / 2 % vApps.Length].Owner);
                else if (machines.Length > 0) Add(i, machines[i / 2 % machines.Length], OfMachines[i / 2 % OfMachines.Length], i % 3 == 0 ? administrator : machines[i / 2 % machines.Length].Owner);
            }
        }
    }

    private void Add(int index, ITaskOwner owner, (string Name, string Operation) kind, Account user)
    {
        var start = now - Latest - TimeSpan.FromMinutes((index * 731) + random.Next(600));
        var failed = index % 15 == 7;
        tasks.Add(new VcdTask(random.NextId(), kind.Name, $"{kind.Operation} {owner.Reference.Name}({owner.Reference.Id})", owner.Reference, user, owner.Org, start)
        {
            State = failed ? TaskState.Error : TaskState.Success,
            Progress = failed ? null : 100,
            End = start.AddSeconds(20 + (index * 3)),
            Failure = failed ? new TaskFailure(500, "INTERNAL_SERVER_ERROR", "The host is not responding; the operation \"reconfigure\" & its steps were not carried out.") : null,
        });
    }
}
