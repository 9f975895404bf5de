using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Work at the server (facts/vcd.md, "Task").</summary>
public sealed class VcdTask : VcdObject
{
    internal VcdTask(XElement element)
        : base(element, "task")
    {
        Status = Take(element, "status") ?? string.Empty;
        OperationName = Take(element, "operationName") ?? Name;
        Operation = Take(element, "operation");
        StartedAt = TakeTime(element, "startTime", "startDate");
        EndedAt = TakeTime(element, "endTime", "endDate");
        ExpiresAt = TakeTime(element, "expiryTime");
        IsCancelRequested = TakeFlag(element, "cancelRequested") ?? false;
        Progress = (int?)(VcdXml.Number(VcdXml.ChildText(element, "Progress")) ?? TakeNumber(element, "progress"));
        Details = VcdXml.ChildText(element, "Details");
        var owner = VcdXml.Child(element, "Owner");
        ObjectName = Take(element, "objectName") ?? (owner is null ? null : VcdXml.Text(owner, "name"));
        ObjectType = Take(element, "objectType") ?? (owner is null ? null : VcdXml.Text(owner, "type"));
        ObjectHref = Take(element, "object") ?? (owner is null ? null : VcdXml.Text(owner, "href"));
        User = Take(element, "ownerName") ?? VcdReference.Of(VcdXml.Child(element, "User"))?.Name;
        var organization = VcdReference.Of(VcdXml.Child(element, "Organization"));
        Organization = Take(element, "orgName") ?? organization?.Name;
        OrganizationHref = Take(element, "org") ?? organization?.Href;
        if (VcdXml.Child(element, "Error") is { } error)
        {
            ErrorCode = VcdXml.Text(error, "minorErrorCode");
            ErrorMessage = VcdXml.Text(error, "message");
        }
    }

    /// <summary>Stands for work that ended without a task.</summary>
    internal static VcdTask Done { get; } = new(new XElement("Task", new XAttribute("status", "success")));

    /// <summary>queued, preRunning, running, postRunning, success, error, canceled or aborted, as the server writes it.</summary>
    public string Status { get; }

    /// <summary>What is done, as a word: vdcUploadMedia and others.</summary>
    public string OperationName { get; }

    /// <summary>What is done, as a sentence of the server's.</summary>
    public string? Operation { get; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset? StartedAt { get; }

    /// <summary>When it ended (UTC); some servers leave it out.</summary>
    public DateTimeOffset? EndedAt { get; }

    /// <summary>When the server forgets it (UTC).</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>True where somebody asked for it to be cancelled.</summary>
    public bool IsCancelRequested { get; }

    /// <summary>Percent done, 0 to 100, where the server says so.</summary>
    public int? Progress { get; }

    /// <summary>The server's remarks.</summary>
    public string? Details { get; }

    /// <summary>What the task works on.</summary>
    public string? ObjectName { get; }

    /// <summary>The kind of what the task works on.</summary>
    public string? ObjectType { get; }

    /// <summary>The address of what the task works on.</summary>
    public string? ObjectHref { get; }

    /// <summary>Who began it.</summary>
    public string? User { get; }

    /// <summary>In which organization.</summary>
    public string? Organization { get; }

    /// <summary>The address of the organization.</summary>
    public string? OrganizationHref { get; }

    /// <summary>The server's code of what went wrong.</summary>
    public string? ErrorCode { get; }

    /// <summary>What went wrong. A task can fail without saying why.</summary>
    public string? ErrorMessage { get; }

    /// <summary>True when nothing more will happen.</summary>
    public bool IsFinished => Is("success") || IsFailed;

    /// <summary>True when it ended otherwise than well: error, canceled or aborted.</summary>
    public bool IsFailed => Is("error") || Is("canceled") || Is("cancelled") || Is("aborted");

    /// <inheritdoc/>
    public override string ToString() => $"{OperationName} ({Status})";

    /// <summary>Why it failed, in a sentence, even where the server gives no reason.</summary>
    internal string Reason()
    {
        var said = ErrorMessage is { Length: > 0 } ? ErrorMessage : Details is { Length: > 0 } ? Details : null;
        var how = Is("error") ? "failed" : Is("aborted") ? "was aborted" : "was canceled";
        return string.Create(CultureInfo.InvariantCulture, $"{how}{(said is null ? "; the server gives no reason" : ": " + said.Trim().TrimEnd('.'))}{(ErrorCode is { Length: > 0 } ? $" ({ErrorCode})" : string.Empty)}");
    }

    private bool Is(string status) => string.Equals(Status, status, StringComparison.OrdinalIgnoreCase);
}
