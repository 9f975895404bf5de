using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// Reads an edge in one pass over its bytes: a name is told by its length and then by its bytes, nothing is parsed twice, and what has no property is passed over.
/// For one listing, one thread.
/// </summary>
internal sealed class VeloCloudEdgeReader
{
    /// <summary>The members that have a property, and the activation key, which has a method.</summary>
    public static readonly FrozenSet<string> KnownMembers = new[]
    {
        "id", "logicalId", "name", "enterpriseId", "enterpriseLogicalId", "siteId", "edgeState", "edgeStateTime", "activationState", "activationTime",
        "activationKeyExpires", "serviceState", "lastContact", "systemUpSince", "serviceUpSince", "isLive", "isHub", "serialNumber", "modelNumber",
        "deviceFamily", "softwareVersion", "buildNumber", "softwareUpdated", "haState", "haSerialNumber", "selfMacAddress", "description", "customInfo",
        "alertsEnabled", "operatorAlertsEnabled", "endpointPkiMode", "bastionState", "created", "modified", "activationKey", "links", "recentLinks", "site",
    }.ToFrozenSet(StringComparer.Ordinal);

    private const int LongestName = 32;
    private readonly TextPool _pool = new();

    private enum Member
    {
        Other,
        Id, LogicalId, Name, EnterpriseId, EnterpriseLogicalId, SiteId, State, StateTime, ActivationState, ActivationTime, ActivationKeyExpires, ServiceState,
        LastContact, SystemUpSince, ServiceUpSince, IsLive, IsHub, SerialNumber, ModelNumber, DeviceFamily, SoftwareVersion, BuildNumber, SoftwareUpdated,
        HaState, HaSerialNumber, SelfMacAddress, Description, CustomInfo, AlertsEnabled, OperatorAlertsEnabled, EndpointPkiMode, BastionState, Created,
        Modified,
    }

    /// <summary>Reads one element of a list; false where its bytes have not all come. An element that is no object gives null.</summary>
    public bool Read(ref Utf8JsonReader reader, out VeloCloudEdge? edge)
    {
        edge = null;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return reader.TrySkip();
        }

        var found = new VeloCloudEdge();
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType is JsonTokenType.EndObject)
            {
                edge = found;
                return true;
            }

            var member = MemberOf(ref reader);
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                if (!reader.TrySkip())
                {
                    return false;
                }
            }
            else if (member is not Member.Other)
            {
                Set(found, member, ref reader);
            }
        }
    }

    private void Set(VeloCloudEdge edge, Member member, ref Utf8JsonReader reader)
    {
        switch (member)
        {
            case Member.Id:
                edge.Id = Whole(ref reader) ?? 0;
                break;
            case Member.LogicalId:
                edge.LogicalId = Text(ref reader);
                break;
            case Member.Name:
                edge.Name = Text(ref reader) ?? string.Empty;
                break;
            case Member.EnterpriseId:
                edge.EnterpriseId = Whole(ref reader) ?? 0;
                break;
            case Member.EnterpriseLogicalId:
                edge.EnterpriseLogicalId = Text(ref reader, _pool);
                break;
            case Member.SiteId:
                edge.SiteId = Whole(ref reader);
                break;
            case Member.State:
                edge.State = Text(ref reader, _pool);
                break;
            case Member.StateTime:
                edge.StateTime = Time(ref reader);
                break;
            case Member.ActivationState:
                edge.ActivationState = Text(ref reader, _pool);
                break;
            case Member.ActivationTime:
                edge.ActivationTime = Time(ref reader);
                break;
            case Member.ActivationKeyExpires:
                edge.ActivationKeyExpires = Time(ref reader);
                break;
            case Member.ServiceState:
                edge.ServiceState = Text(ref reader, _pool);
                break;
            case Member.LastContact:
                edge.LastContact = Time(ref reader);
                break;
            case Member.SystemUpSince:
                edge.SystemUpSince = Time(ref reader);
                break;
            case Member.ServiceUpSince:
                edge.ServiceUpSince = Time(ref reader);
                break;
            case Member.IsLive:
                edge.IsLive = Flag(ref reader);
                break;
            case Member.IsHub:
                edge.IsHub = Flag(ref reader);
                break;
            case Member.SerialNumber:
                edge.SerialNumber = Text(ref reader);
                break;
            case Member.ModelNumber:
                edge.ModelNumber = Text(ref reader, _pool);
                break;
            case Member.DeviceFamily:
                edge.DeviceFamily = Text(ref reader, _pool);
                break;
            case Member.SoftwareVersion:
                edge.SoftwareVersion = Text(ref reader, _pool);
                break;
            case Member.BuildNumber:
                edge.BuildNumber = Text(ref reader, _pool);
                break;
            case Member.SoftwareUpdated:
                edge.SoftwareUpdated = Time(ref reader);
                break;
            case Member.HaState:
                edge.HaState = Text(ref reader, _pool);
                break;
            case Member.HaSerialNumber:
                edge.HaSerialNumber = Text(ref reader);
                break;
            case Member.SelfMacAddress:
                edge.SelfMacAddress = Text(ref reader);
                break;
            case Member.Description:
                edge.Description = Text(ref reader, _pool);
                break;
            case Member.CustomInfo:
                edge.CustomInfo = Text(ref reader, _pool);
                break;
            case Member.AlertsEnabled:
                edge.AlertsEnabled = Flag(ref reader);
                break;
            case Member.OperatorAlertsEnabled:
                edge.OperatorAlertsEnabled = Flag(ref reader);
                break;
            case Member.EndpointPkiMode:
                edge.EndpointPkiMode = Text(ref reader, _pool);
                break;
            case Member.BastionState:
                edge.BastionState = Text(ref reader, _pool);
                break;
            case Member.Created:
                edge.Created = Time(ref reader);
                break;
            case Member.Modified:
                edge.Modified = Time(ref reader);
                break;
        }
    }

    private static Member MemberOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return MemberOf(reader.ValueSpan);
        }

        // A name written with escapes (\u0069d) is the same name.
        if (reader.ValueSpan.Length > LongestName * 6)
        {
            return Member.Other;
        }

        Span<byte> name = stackalloc byte[LongestName * 6];
        return MemberOf(name[..reader.CopyString(name)]);
    }

    private static Member MemberOf(ReadOnlySpan<byte> name)
    {
        switch (name.Length)
        {
            case 2:
                if (name.SequenceEqual("id"u8))
                {
                    return Member.Id;
                }

                break;
            case 4:
                if (name.SequenceEqual("name"u8))
                {
                    return Member.Name;
                }

                break;
            case 5:
                if (name.SequenceEqual("isHub"u8))
                {
                    return Member.IsHub;
                }

                break;
            case 6:
                if (name.SequenceEqual("siteId"u8))
                {
                    return Member.SiteId;
                }

                if (name.SequenceEqual("isLive"u8))
                {
                    return Member.IsLive;
                }

                break;
            case 7:
                if (name.SequenceEqual("haState"u8))
                {
                    return Member.HaState;
                }

                if (name.SequenceEqual("created"u8))
                {
                    return Member.Created;
                }

                break;
            case 8:
                if (name.SequenceEqual("modified"u8))
                {
                    return Member.Modified;
                }

                break;
            case 9:
                if (name.SequenceEqual("logicalId"u8))
                {
                    return Member.LogicalId;
                }

                if (name.SequenceEqual("edgeState"u8))
                {
                    return Member.State;
                }

                break;
            case 10:
                if (name.SequenceEqual("customInfo"u8))
                {
                    return Member.CustomInfo;
                }

                break;
            case 11:
                if (name.SequenceEqual("lastContact"u8))
                {
                    return Member.LastContact;
                }

                if (name.SequenceEqual("modelNumber"u8))
                {
                    return Member.ModelNumber;
                }

                if (name.SequenceEqual("buildNumber"u8))
                {
                    return Member.BuildNumber;
                }

                if (name.SequenceEqual("description"u8))
                {
                    return Member.Description;
                }

                break;
            case 12:
                if (name.SequenceEqual("enterpriseId"u8))
                {
                    return Member.EnterpriseId;
                }

                if (name.SequenceEqual("serviceState"u8))
                {
                    return Member.ServiceState;
                }

                if (name.SequenceEqual("serialNumber"u8))
                {
                    return Member.SerialNumber;
                }

                if (name.SequenceEqual("deviceFamily"u8))
                {
                    return Member.DeviceFamily;
                }

                if (name.SequenceEqual("bastionState"u8))
                {
                    return Member.BastionState;
                }

                break;
            case 13:
                if (name.SequenceEqual("edgeStateTime"u8))
                {
                    return Member.StateTime;
                }

                if (name.SequenceEqual("systemUpSince"u8))
                {
                    return Member.SystemUpSince;
                }

                if (name.SequenceEqual("alertsEnabled"u8))
                {
                    return Member.AlertsEnabled;
                }

                break;
            case 14:
                if (name.SequenceEqual("activationTime"u8))
                {
                    return Member.ActivationTime;
                }

                if (name.SequenceEqual("serviceUpSince"u8))
                {
                    return Member.ServiceUpSince;
                }

                if (name.SequenceEqual("haSerialNumber"u8))
                {
                    return Member.HaSerialNumber;
                }

                if (name.SequenceEqual("selfMacAddress"u8))
                {
                    return Member.SelfMacAddress;
                }

                break;
            case 15:
                if (name.SequenceEqual("activationState"u8))
                {
                    return Member.ActivationState;
                }

                if (name.SequenceEqual("softwareVersion"u8))
                {
                    return Member.SoftwareVersion;
                }

                if (name.SequenceEqual("softwareUpdated"u8))
                {
                    return Member.SoftwareUpdated;
                }

                if (name.SequenceEqual("endpointPkiMode"u8))
                {
                    return Member.EndpointPkiMode;
                }

                break;
            case 19:
                if (name.SequenceEqual("enterpriseLogicalId"u8))
                {
                    return Member.EnterpriseLogicalId;
                }

                break;
            case 20:
                if (name.SequenceEqual("activationKeyExpires"u8))
                {
                    return Member.ActivationKeyExpires;
                }

                break;
            case 21:
                if (name.SequenceEqual("operatorAlertsEnabled"u8))
                {
                    return Member.OperatorAlertsEnabled;
                }

                break;
        }

        return Member.Other;
    }

    private static string? Text(ref Utf8JsonReader reader, TextPool? pool = null) => reader.TokenType switch
    {
        JsonTokenType.String => pool is null ? JsonText.Of(ref reader) : pool.Get(ref reader),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    private static long? Whole(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
        JsonTokenType.String when System.Buffers.Text.Utf8Parser.TryParse(reader.ValueSpan, out long number, out var read) && read == reader.ValueSpan.Length => number,
        _ => null,
    };

    private static bool? Flag(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.GetDouble() != 0,
        JsonTokenType.String => VeloCloudJson.Flag(reader.ValueSpan),
        _ => null,
    };

    private static DateTimeOffset? Time(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => VeloCloudJson.Time(reader.ValueSpan),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => VeloCloudJson.Milliseconds(number),
        _ => null,
    };
}
