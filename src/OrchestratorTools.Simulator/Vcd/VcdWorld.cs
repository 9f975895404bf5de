namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The whole state of the simulated vCloud Director.</summary>
internal sealed class VcdWorld
{
    private VcdSettings _settings = new();

    public VcdWorld(SimulatorOptions options, SimulatorClock clock)
    {
        Options = options;
        Clock = clock;
        Schedule = new Schedule(clock);
        Sessions = new SessionStore(clock);
        Tasks = new TaskStore(Schedule);
        Transfers = new TransferStore(options, clock);
        Downloads = new DownloadStore(clock);
        Validator = new BodyValidator(options.VcdSchemas);
        Inventory = new InventorySeed(options, clock.GetUtcNow()).Build(Tasks);
        foreach (var vApp in Inventory.VApps.Values) Leases.Watch(this, vApp);
    }

    public SimulatorOptions Options { get; }

    public SimulatorClock Clock { get; }

    /// <summary>Held while the inventory, the tasks or the list of transfers are read or changed. Bodies are read and written outside of it.</summary>
    public object Gate { get; } = new();

    public VcdSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set => Volatile.Write(ref _settings, value);
    }

    public Schedule Schedule { get; }

    public SessionStore Sessions { get; }

    public Inventory Inventory { get; }

    public TaskStore Tasks { get; }

    public TransferStore Transfers { get; }

    public DownloadStore Downloads { get; }

    public BodyValidator Validator { get; }

    /// <summary>Does what has become due since the last look: there are no timers, because the clock may jump. Called with <see cref="Gate"/> held.</summary>
    public void Settle()
    {
        Schedule.RunDue();
        foreach (var transfer in Transfers.TakeTimedOut(Settings.TransferTimeout)) UploadLife.TimeOut(this, transfer);
        Downloads.EndTimedOut(Settings.TransferTimeout);
    }
}
