using System.Collections.Concurrent;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Tests;

/// <summary>Keeps what the pipeline says, for tests of it.</summary>
public sealed class RecordingObserver : IRequestObserver
{
    private readonly ConcurrentQueue<string> _lines = new();

    public bool WantsDebug => true;

    public IReadOnlyList<string> Lines => [.. _lines];

    public string Text => string.Join('\n', _lines);

    public void Verbose(string line) => _lines.Enqueue("VERBOSE " + line);

    public void Debug(string text) => _lines.Enqueue("DEBUG " + text);

    public void Warning(string text) => _lines.Enqueue("WARNING " + text);
}
