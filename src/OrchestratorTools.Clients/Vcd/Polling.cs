namespace OrchestratorTools.Clients.Vcd;

/// <summary>The pauses between looks at what a server is at work on: short ones first, since much is done in a moment, and then up to five seconds (other clients ask every three to five; facts/vcd.md, "Task").</summary>
internal static class Polling
{
    /// <summary>The first pause.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The pause after a pause.</summary>
    public static TimeSpan Next(TimeSpan pause) => pause * 2 < Longest ? pause * 2 : Longest;
}
