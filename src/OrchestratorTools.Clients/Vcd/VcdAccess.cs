using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>How much somebody may do with a catalog or vApp. Each level has the rights of those before it.</summary>
public enum VcdAccessLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>See and use it.</summary>
    ReadOnly,

    /// <summary>Change it and its properties.</summary>
    Change,

    /// <summary>Share it, give it another owner, remove it.</summary>
    FullControl,
}

/// <summary>Who has access.</summary>
public enum VcdAccessSubjectType
{
    /// <summary>Everybody of the organization.</summary>
    Everyone,

    /// <summary>One user.</summary>
    User,

    /// <summary>A group of users.</summary>
    Group,

    /// <summary>Another organization.</summary>
    Organization,

    /// <summary>A user or group that only an identity provider knows.</summary>
    External,
}

/// <summary>Who gets access.</summary>
/// <param name="Href">The address.</param>
/// <param name="Type">The media type of what is at the address.</param>
/// <param name="Name">The name.</param>
internal sealed record VcdAccessSubject(string Href, string Type, string? Name);

/// <summary>A change of an object's sharing.</summary>
internal sealed record VcdAccessChange
{
    /// <summary>What everybody of the organization may do; None ends the sharing with everybody, null leaves it.</summary>
    public VcdAccessLevel? Everyone { get; init; }

    /// <summary>The subjects whose access is changed.</summary>
    public IReadOnlyList<VcdAccessSubject> Subjects { get; init; } = [];

    /// <summary>What the subjects may do; None takes their access away.</summary>
    public VcdAccessLevel Level { get; init; }
}

/// <summary>What somebody may do with a catalog or vApp: one grant.</summary>
public sealed class VcdAccess : ServerObject, IOfTenant
{
    private VcdAccess(string name, string href, VcdAccessSubjectType type, string? subject, string? subjectHref, string level)
    {
        Name = name;
        Href = href;
        SubjectType = type;
        Subject = subject;
        SubjectHref = subjectHref;
        Level = level;
    }

    /// <summary>The name of what is shared.</summary>
    public string Name { get; }

    /// <summary>The address of what is shared.</summary>
    public string Href { get; }

    /// <summary>Everyone, User, Group, Organization or External.</summary>
    public VcdAccessSubjectType SubjectType { get; }

    /// <summary>The name of who has access, where the server says it.</summary>
    public string? Subject { get; }

    /// <summary>The address of who has access; null of everyone and of external subjects.</summary>
    public string? SubjectHref { get; }

    /// <summary>ReadOnly, Change or FullControl, as the server writes it.</summary>
    public string Level { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Subject}: {Level}";

    /// <summary>The grants of a ControlAccessParams document.</summary>
    internal static IEnumerable<VcdAccess> Of(XElement controlAccess, string name, string href)
    {
        if (VcdXml.Flag(VcdXml.ChildText(controlAccess, "IsSharedToEveryone")) is true)
        {
            yield return new VcdAccess(name, href, VcdAccessSubjectType.Everyone, "Everyone", null, VcdXml.ChildText(controlAccess, "EveryoneAccessLevel") ?? string.Empty);
        }

        foreach (var setting in VcdBodies.Settings(controlAccess))
        {
            var level = VcdXml.ChildText(setting, "AccessLevel") ?? string.Empty;
            if (VcdXml.Child(setting, "Subject") is { } subject)
            {
                var address = VcdXml.Text(subject, "href");
                yield return new VcdAccess(name, href, VcdAssumptions.SubjectType(VcdXml.Text(subject, "type"), address), VcdXml.Text(subject, "name"), address, level);
            }
            else
            {
                var external = VcdXml.Child(setting, "ExternalSubject");
                yield return new VcdAccess(name, href, VcdAccessSubjectType.External, external is null ? null : VcdXml.ChildText(external, "SubjectId"), null, level);
            }
        }
    }
}

/// <summary>Who owns something.</summary>
public sealed class VcdOwner : ServerObject, IOfTenant
{
    internal VcdOwner(XElement owner, string name, string href)
    {
        Name = name;
        Href = href;
        if (VcdXml.Child(owner, "User") is { } user)
        {
            Owner = VcdXml.Text(user, "name");
            OwnerHref = VcdXml.Text(user, "href");
        }
    }

    /// <summary>The name of what is owned.</summary>
    public string Name { get; }

    /// <summary>The address of what is owned.</summary>
    public string Href { get; }

    /// <summary>The owner's user name.</summary>
    public string? Owner { get; }

    /// <summary>The address of the owner.</summary>
    public string? OwnerHref { get; }

    /// <inheritdoc/>
    VcdTenant? IOfTenant.Tenant { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Owner ?? string.Empty;
}
