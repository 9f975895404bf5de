using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Sharing and owners.</content>
internal static partial class VcdBodies
{
    /// <summary>The content type of <see cref="ControlAccess"/>.</summary>
    public const string ControlAccessType = "application/vnd.vmware.vcloud.controlAccess+xml";

    /// <summary>The content type of <see cref="Owner"/>.</summary>
    public const string OwnerType = "application/vnd.vmware.vcloud.owner+xml";

    /// <summary>
    /// The whole of an object's sharing, as it was read and with one change (schema type ControlAccessParamsType). What is not meant by the change stays word for word, so that subjects of an identity provider survive.
    /// </summary>
    /// <param name="present">What was read right before.</param>
    /// <param name="change">The change.</param>
    public static XElement ControlAccess(XElement present, VcdAccessChange change)
    {
        var shared = VcdXml.Flag(VcdXml.ChildText(present, "IsSharedToEveryone")) ?? false;
        var level = VcdXml.ChildText(present, "EveryoneAccessLevel");
        if (change.Everyone is { } everyone)
        {
            shared = everyone is not VcdAccessLevel.None;
            level = everyone.ToString();
        }

        var body = new XElement(
            VcdXml.Namespace + "ControlAccessParams",
            new XElement(VcdXml.Namespace + "IsSharedToEveryone", shared));
        if (shared)
        {
            body.Add(new XElement(VcdXml.Namespace + "EveryoneAccessLevel", level));
        }

        var settings = Settings(present).Where(s => !change.Subjects.Any(subject => IsFor(s, subject))).Select(s => new XElement(s)).ToList();
        if (change.Level is not VcdAccessLevel.None)
        {
            settings.AddRange(change.Subjects.Select(subject => new XElement(
                VcdXml.Namespace + "AccessSetting",
                Reference("Subject", subject.Href, subject.Type, subject.Name),
                new XElement(VcdXml.Namespace + "AccessLevel", change.Level.ToString()))));
        }

        if (settings.Count > 0)
        {
            body.Add(new XElement(VcdXml.Namespace + "AccessSettings", settings));
        }

        return body;
    }

    /// <summary>A new owner (schema type OwnerType).</summary>
    public static XElement Owner(string userHref, string? userName)
        => new(VcdXml.Namespace + "Owner", Reference("User", userHref, VcdAssumptions.UserType, userName));

    /// <summary>The settings for single subjects.</summary>
    internal static IEnumerable<XElement> Settings(XElement controlAccess) => VcdXml.Children(VcdXml.Child(controlAccess, "AccessSettings"), "AccessSetting");

    /// <summary>True where a setting is for the subject.</summary>
    internal static bool IsFor(XElement setting, VcdAccessSubject subject)
        => VcdXml.Child(setting, "Subject") is { } present && VcdObject.IsSame(VcdXml.Text(present, "href"), subject.Href);
}
