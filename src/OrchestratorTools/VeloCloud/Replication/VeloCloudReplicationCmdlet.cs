using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Connections;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>
/// The base of the cmdlets that change an Orchestrator's replication: role and state are looked at and judged, a question names both boxes, the request is sent once, and what this
/// process sent is remembered, so that no other runspace and no later command sends it again while nobody knows what became of it.
/// </summary>
public abstract class VeloCloudReplicationCmdlet : ChangingCmdlet<VeloCloudSession>
{
    // How long an answer to the question may take before both boxes are looked at again.
    private static readonly TimeSpan FreshEnough = TimeSpan.FromSeconds(5);

    // A box that need not be there must not hold up a failover.
    private static readonly TimeSpan PeerBudget = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan HostPatience = TimeSpan.FromMilliseconds(300);

    private volatile string? _sending;
    private volatile string? _waiting;

    /// <summary>What Get-VeloCloudReplication returned: says which connection.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Replication { get; set; }

    /// <summary>Waits for the end.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>With -Wait: how long, in whole seconds; default: as long as it takes.</summary>
    [Parameter]
    [ValidateRange(1, 2_592_000)]
    public int? Timeout { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <summary>What this cmdlet does.</summary>
    private protected abstract VeloCloudReplicationAction Action { get; }

    /// <summary>What is asked before it is done, after the question itself.</summary>
    private protected abstract string ConsequenceOf(VeloCloudReplicationSeen seen);

    /// <summary>The question: names the boxes, their roles and states.</summary>
    private protected abstract string QuestionFor(VeloCloudReplicationSeen seen);

    /// <summary>Sends the request, once.</summary>
    private protected abstract Task SendAsync(VeloCloudClient client, VeloCloudReplicationSeen seen, CancellationToken cancellationToken);

    /// <summary>Whether it is forced.</summary>
    private protected virtual bool IsForced => false;

    /// <summary>The other box's connection, and the parameter that named it.</summary>
    private protected virtual (ConnectionArgument? Given, string Parameter) PeerArgument => (null, string.Empty);

    /// <summary>True where the other box, once it is named, must answer.</summary>
    private protected virtual bool PeerMustAnswer => false;

    /// <summary>What the first box is to tell besides.</summary>
    private protected virtual IReadOnlyCollection<string> With => [];

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        var (sending, waiting) = (_sending, _waiting);
        if (Host is { } host && (sending is not null || waiting is not null))
        {
            // Before the work is stopped: afterwards the prompt would be there first. A host that does not take the line at once is not waited for.
            Task.Run(() => SayGoesOn(host, sending, waiting)).Wait(HostPatience);
        }

        base.StopProcessing();
    }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (!Wait && Timeout is not null)
        {
            ThrowBadParameter(nameof(Timeout), Timeout, "it means something only with -Wait.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var session = Session(Replication);
        var client = new VeloCloudClient(session, RequestObserver);
        CurrentTarget = session.Server.Authority;
        var peer = PeerOf(session);
        var seen = Look(client, peer);
        foreach (var doubt in seen.Doubts)
        {
            WriteWarning(doubt);
        }

        var question = Shown(QuestionFor(seen));
        var asked = Stopwatch.GetTimestamp();
        if (!ShouldProcess(question, question + "\n" + Shown(ConsequenceOf(seen)), char.ToUpperInvariant(Action.Noun[0]) + Action.Noun[1..]))
        {
            return;
        }

        if (Stopwatch.GetElapsedTime(asked) > FreshEnough)
        {
            seen = Look(client, peer);
        }

        Send(client, seen);
        if (Wait)
        {
            foreach (var status in WaitFor(client, peer, seen))
            {
                WriteObject(status);
            }
        }
    }

    /// <summary>Waits for the end; the statuses that it came to.</summary>
    private protected virtual IReadOnlyList<VeloCloudReplicationStatus> WaitFor(VeloCloudClient client, VeloCloudClient? peer, VeloCloudReplicationSeen seen)
    {
        var sentAt = client.Session.Settings.Time.GetUtcNow();
        var boxes = new List<VeloCloudReplicationBox> { BoxOf(client, VeloCloudReplicationWatch.OfOwn(Action.Goal, seen.Here, sentAt, client.Session.Settings.Time)) };
        if (peer is not null && seen.Peer is not null && Action.Goal is VeloCloudReplicationGoal.Paired or VeloCloudReplicationGoal.Unpaired)
        {
            boxes.Add(BoxOf(peer!, VeloCloudReplicationWatch.OfOwn(Action.Goal, seen.Peer!, sentAt, client.Session.Settings.Time, isPeer: true)));
        }

        return WaitFor(Action.Goal, boxes, Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>Waits for boxes, with a progress bar.</summary>
    private protected IReadOnlyList<VeloCloudReplicationStatus> WaitFor(VeloCloudReplicationGoal goal, IReadOnlyList<VeloCloudReplicationBox> boxes, TimeSpan? timeout)
    {
        var names = string.Join(" and ", boxes.Select(b => b.Title));
        _waiting = $"the {Action.Noun} goes on: Wait-VeloCloudReplication -Goal {goal} waits on";
        try
        {
            return VeloCloudReplicationWait.Run(this, names, goal, boxes, timeout, Await);
        }
        finally
        {
            _waiting = null;
        }
    }

    /// <summary>A box to wait for.</summary>
    private protected static VeloCloudReplicationBox BoxOf(VeloCloudClient client, VeloCloudReplicationWatch watch)
        => new(client.Session.Server.Authority, token => client.GetReplicationAsync([], token), watch);

    /// <summary>The other box in words, for the question.</summary>
    private protected static string DescribePeer(VeloCloudReplicationSeen seen, string what, string? address)
    {
        if (seen.Peer is { } peer)
        {
            return $"{what} {VeloCloudReplicationCheck.Describe(peer)}";
        }

        var named = address ?? "of no known address";
        return seen.PeerSilence is { } silence
            ? $"{what} {named} was asked and does not answer ({silence.TrimEnd('.')})"
            : $"{what} {named} was not asked";
    }

    /// <summary>An Orchestrator, its role, its state, and since when.</summary>
    private protected static string DescribeWithTimes(VeloCloudReplicationStatus status)
    {
        var text = VeloCloudReplicationCheck.Describe(status);
        if (status.StateChanged is { } since)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" since {since:yyyy-MM-dd HH:mm:ss} UTC");
        }

        if (status.FailureDescription is { } failure)
        {
            text += $" ({failure.TrimEnd('.')})";
        }

        return text;
    }

    private VeloCloudClient? PeerOf(VeloCloudSession session)
    {
        var (given, parameter) = PeerArgument;
        if (given is null)
        {
            return null;
        }

        var found = ConnectionRegistry.Find(System, given);
        if (found.Count != 1)
        {
            throw found.Count == 0
                ? ConnectionRegistry.NoConnection(System, given.Name)
                : new OrchestratorApiException(System, OrchestratorErrorKind.Ambiguous, $"-{parameter} '{given.Name}' means {found.Count} connections ({string.Join(", ", found.Select(c => "'" + c.Name + "'"))}).") { RecommendedAction = "Name one connection." };
        }

        var peer = (VeloCloudSession)found[0].Session;
        return peer.Server != session.Server
            ? new VeloCloudClient(peer, RequestObserver)
            : throw new OrchestratorApiException(System, OrchestratorErrorKind.Validation, $"-{parameter} '{given.Name}' and the connection '{session.ConnectionName}' both lead to {session.Server.Authority}. Nothing was sent.")
            {
                RecommendedAction = "The two Orchestrators of a pair have a connection each: connect to both, and name them with -Connection and -" + parameter + ".",
            };
    }

    private VeloCloudReplicationSeen Look(VeloCloudClient client, VeloCloudClient? peer)
    {
        var at = client.Session.Settings.Time.GetUtcNow();
        var here = Await(token => client.GetReplicationAsync(With, token));
        VeloCloudReplicationStatus? there = null;
        string? silence = null;
        if (peer is not null)
        {
            try
            {
                there = Await(async token =>
                {
                    using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                    if (!PeerMustAnswer)
                    {
                        limit.CancelAfter(PeerBudget);
                    }

                    return await peer.GetReplicationAsync([], limit.Token).ConfigureAwait(false);
                });
            }
            catch (OrchestratorApiException e) when (!PeerMustAnswer)
            {
                WriteQueued();
                silence = e.Message;
            }
            catch (OperationCanceledException) when (!StopToken.IsCancellationRequested)
            {
                WriteQueued();
                silence = string.Create(CultureInfo.InvariantCulture, $"nothing within {PeerBudget.TotalSeconds:0} s");
            }
        }

        var finding = VeloCloudReplicationCheck.Examine(Action, here, there, IsForced);
        return finding.Wrong is null
            ? new VeloCloudReplicationSeen(here, there, silence, at, finding.Doubts)
            : throw Refusal(finding.Wrong, finding.WayOn);
    }

    private static OrchestratorApiException Refusal(string wrong, string? wayOn)
        => new(OrchestratorSystem.VeloCloud, OrchestratorErrorKind.WrongState, $"{wrong}. Nothing was sent.") { RecommendedAction = wayOn };

    private void Send(VeloCloudClient client, VeloCloudReplicationSeen seen)
    {
        var (server, time) = (client.Session.Server, client.Session.Settings.Time);
        if (VeloCloudReplicationRequests.Claim(server, Action, seen.Here, seen.At, time) is { } why)
        {
            throw Refusal($"{VeloCloudReplicationCheck.Describe(seen.Here)}, and {why}", "Get-VeloCloudReplication shows what became of it, Wait-VeloCloudReplication waits for its end.");
        }

        _sending = $"the {Action.Noun} of {server.Authority} was on its way, and whether it was taken is unknown: Get-VeloCloudReplication shows it. It was not sent again";
        var isOnItsWay = true;
        try
        {
            Await(token => SendAsync(client, seen, token));
            VeloCloudReplicationRequests.Sent(server, answerLost: false, time);
            isOnItsWay = false;
        }
        catch (OrchestratorApiException e) when (e.Kind is not (OrchestratorErrorKind.OutcomeUnknown or OrchestratorErrorKind.ServerError))
        {
            // The server said no, or was never reached.
            VeloCloudReplicationRequests.Release(server);
            isOnItsWay = false;
            throw;
        }
        finally
        {
            if (isOnItsWay)
            {
                VeloCloudReplicationRequests.Sent(server, answerLost: true, time);
            }

            _sending = null;
        }

        WriteVerbose($"{server.Authority} took the {Action.Noun}.");
    }

    // A line break in what a server says must not write a line of its own into the question.
    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static void SayGoesOn(PSHost host, string? sending, string? waiting)
    {
        try
        {
            var text = sending ?? waiting!;
            host.UI?.WriteWarningLine(char.ToUpperInvariant(text[0]) + text[1..] + ".");
        }
        catch (Exception e) when (e is RuntimeException or InvalidOperationException or NotImplementedException or NotSupportedException or IOException)
        {
            // A host that cannot be written to just now: stopping comes first.
        }
    }
}
