using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The applications that an edge recognizes, and their classes. Statistics name both by number.</summary>
internal static class ApplicationCatalog
{
    /// <summary>The logical id of the one application map.</summary>
    public static readonly string MapLogicalId = Invented.LogicalId("applicationMap", 1);

    /// <summary>The classes, by their number from 0.</summary>
    public static readonly IReadOnlyList<string> Classes =
    [
        "Unclassified", "Anonymizers and Proxies", "Real Time Audio/Video", "Authentication", "Business Application", "Business Collaboration", "Email", "File Sharing", "Gaming",
        "Infrastructure", "Internet Instant Messaging", "Management", "Media", "Network Service", "Peer to Peer", "Remote Desktop", "Social Networking", "Storage and Backup",
        "Tunneling and VPN", "Web", "SD-WAN", "Other TCP/UDP",
    ];

    /// <summary>The applications.</summary>
    public static readonly IReadOnlyList<Application> All =
    [
        new(13, "APP_BGP", "Border Gateway Protocol", 13, [179], []),
        new(32, "APP_DNS", "Domain Name Service", 13, [53], [53]),
        new(45, "APP_FTP", "File Transfer Protocol", 7, [21], []),
        new(67, "APP_HTTP", "Hypertext Transfer Protocol", 19, [80], []),
        new(68, "APP_HTTPS", "HTTP over TLS", 19, [443], [443]),
        new(102, "APP_NTP", "Network Time Protocol", 13, [], [123]),
        new(153, "APP_RTP", "Real Time Protocol", 2, [], []),
        new(163, "APP_SIP", "Session Initiation Protocol", 2, [5060], [5060]),
        new(175, "APP_SMB", "Server Message Block", 7, [445], []),
        new(199, "APP_SSH", "Secure Shell", 11, [22], []),
        new(471, "APP_OFFICE365", "Microsoft Office 365", 4, [], []),
        new(611, "APP_ZOOM", "Zoom", 5, [8801], [8801]),
        new(722, "APP_TEAMS", "Microsoft \"Teams\"", 5, [], [3478]),
        new(813, "APP_YOUTUBE", "YouTube", 12, [], []),
        new(904, "APP_DROPBOX", "Dropbox", 17, [], []),
        new(2015, "APP_SDWAN_CTRL", "SD-WAN Control", 20, [], [2426]),
    ];

    public static Application? Find(long id) => All.FirstOrDefault(a => a.Id == id);

    /// <summary>Which of them an edge has seen.</summary>
    public static IEnumerable<Application> Of(Edge edge) => All.Where((_, i) => (edge.Id + i) % 4 != 0);

    /// <summary>What <c>configuration/getIdentifiableApplications</c> shows.</summary>
    public static JsonObject Describe(IReadOnlyCollection<long> ids, bool withMetaData)
    {
        var meant = All.Where(a => ids.Count == 0 || ids.Contains(a.Id)).ToList();
        var json = new JsonObject
        {
            ["applicationClasses"] = new JsonArray([.. Classes]),
            ["applications"] = new JsonArray([.. meant.Select(a => a.Describe())]),
            ["applicationToApplicationClass"] = new JsonObject([.. meant.Select(a => KeyValuePair.Create<string, JsonNode?>(Text(a.Id), a.Class))]),
            ["applicationClassToApplication"] = new JsonObject(
                [.. meant.GroupBy(a => a.Class).OrderBy(g => g.Key).Select(g => KeyValuePair.Create<string, JsonNode?>(Text(g.Key), new JsonArray([.. g.Select(a => a.Id)])))]),
        };
        if (withMetaData)
            json["metaData"] = new JsonObject { ["version"] = "R500-20220316", ["description"] = "Application map" };

        return json;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An application.</summary>
internal sealed record Application(int Id, string Name, string DisplayName, int Class, int[] TcpPorts, int[] UdpPorts)
{
    public JsonObject Describe()
    {
        var ports = new JsonObject();
        if (TcpPorts.Length > 0)
            ports["tcpPorts"] = new JsonArray([.. TcpPorts]);

        if (UdpPorts.Length > 0)
            ports["udpPorts"] = new JsonArray([.. UdpPorts]);

        return new JsonObject
        {
            ["id"] = Id,
            ["name"] = Name,
            ["displayName"] = DisplayName,
            ["class"] = Class,
            ["description"] = $"{DisplayName}, as the edge recognizes it",
            ["knownIpPortMapping"] = new JsonObject(),
            ["protocolPortMapping"] = ports,
        };
    }
}
