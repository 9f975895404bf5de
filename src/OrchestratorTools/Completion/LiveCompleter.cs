using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Language;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Connections;

namespace OrchestratorTools.Completion;

/// <summary>Completes live names: asks the connection in use, for two seconds at the most, remembers the answer for a few seconds, and is silent when it fails.</summary>
/// <typeparam name="TSession">The system's session.</typeparam>
internal abstract class LiveCompleter<TSession> : IArgumentCompleter
    where TSession : OrchestratorSession
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(1800);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, (DateTimeOffset At, string[] Names)> Cache = new(StringComparer.Ordinal);

    /// <summary>The kind of server.</summary>
    private protected abstract OrchestratorSystem System { get; }

    /// <summary>The command whose argument is completed, as it was typed.</summary>
    private protected string Command { get; private set; } = string.Empty;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Command = commandName ?? string.Empty;
        try
        {
            return Completions.From(Names(fakeBoundParameters), wordToComplete);
        }
        catch (Exception e) when (e is OrchestratorApiException or OperationCanceledException or AggregateException or InvalidOperationException or RuntimeException)
        {
            // A completion that fails says nothing: the user is in the middle of a word.
            return Completions.From(Otherwise, wordToComplete);
        }
    }

    /// <summary>What is offered where no server can be asked.</summary>
    private protected virtual IReadOnlyList<string> Otherwise => [];

    /// <summary>Asks the server for names. <paramref name="bound"/> are the parameters typed so far.</summary>
    private protected abstract Task<IReadOnlyList<string>> AskAsync(TSession session, IDictionary bound, CancellationToken cancellationToken);

    /// <summary>What else the names depend on.</summary>
    private protected virtual string KeyOf(IDictionary bound) => string.Empty;

    private string[] Names(IDictionary bound)
    {
        var connection = ConnectionOf(bound);
        if (connection is null)
        {
            return [.. Otherwise];
        }

        var key = $"{GetType().Name}|{System}|{connection.Name}|{connection.Server}|{KeyOf(bound)}";
        var now = DateTimeOffset.UtcNow;
        if (Cache.TryGetValue(key, out var known) && now - known.At < Remembered)
        {
            return known.Names;
        }

        using var limit = new CancellationTokenSource(Budget);
        var asked = Task.Run(() => AskAsync((TSession)connection.Session, bound, limit.Token), limit.Token);
        if (!asked.Wait(Budget, CancellationToken.None))
        {
            return [.. Otherwise];
        }

        var names = asked.Result.ToArray();
        Cache[key] = (now, names);
        return names;
    }

    private OrchestratorConnection? ConnectionOf(IDictionary bound)
    {
        if (bound["Connection"] is { } given)
        {
            var argument = given switch
            {
                string only => new ConnectionArgument(only),
                OrchestratorConnection connection => new ConnectionArgument(connection),
                PSObject wrapped => new ConnectionArgument(wrapped),
                object[] { Length: > 0 } several when several[0] is string name => new ConnectionArgument(name),
                _ => null,
            };
            return argument is null ? null : ConnectionRegistry.Find(System, argument) is [var first, ..] ? first : null;
        }

        // A completer has no session state of its own; the runspace's proxy leads to the same variables.
        return DefaultOfThisRunspace();
    }

    private OrchestratorConnection? DefaultOfThisRunspace()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var state = shell.AddScript("$ExecutionContext.SessionState").Invoke<SessionState>();
        return state.Count == 0 ? null : ConnectionRegistry.Default(System, state[0]);
    }
}
