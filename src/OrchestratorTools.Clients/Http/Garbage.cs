namespace OrchestratorTools.Clients.Http;

/// <summary>Keeps the memory of long lists and transfers flat. What went by is dead at once, but on a processor with a large cache the runtime lets hundreds of megabytes of them pile up before it looks.</summary>
internal static class Garbage
{
    private const int CollectEvery = 4 * 1024 * 1024;
    private static int _passed;

    /// <summary>Counts bytes that went by, over all lists and transfers; the youngest generation is collected once enough did. That costs about a millisecond.</summary>
    public static void Passed(int bytes)
    {
        if (Interlocked.Add(ref _passed, bytes) >= CollectEvery && Interlocked.Exchange(ref _passed, 0) >= CollectEvery)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }
    }
}
