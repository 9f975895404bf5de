using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A customer: an enterprise of the Orchestrator (enterprise/getEnterprise, enterpriseProxy/getEnterpriseProxyEnterprises, network/getNetworkEnterprises).</summary>
public sealed class VeloCloudEnterprise : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "logicalId", "name", "domain", "accountNumber", "description", "enterpriseProxyId", "enterpriseProxyName", "networkId", "gatewayPoolId", "edgeCount",
        "contactName", "contactEmail", "contactPhone", "contactMobile", "streetAddress", "streetAddress2", "city", "state", "postalCode", "country", "lat", "lon", "timezone", "locale",
        "alertsEnabled", "operatorAlertsEnabled", "endpointPkiMode", "bastionState", "created", "modified",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudEnterprise(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Domain = VeloCloudJson.Text(e, "domain");
        AccountNumber = VeloCloudJson.Text(e, "accountNumber");
        Description = VeloCloudJson.Text(e, "description");
        PartnerId = VeloCloudJson.Whole(e, "enterpriseProxyId");
        PartnerName = VeloCloudJson.Text(e, "enterpriseProxyName");
        NetworkId = VeloCloudJson.Whole(e, "networkId");
        GatewayPoolId = VeloCloudJson.Whole(e, "gatewayPoolId");
        EdgeCount = VeloCloudJson.Whole(e, "edgeCount");
        ContactName = VeloCloudJson.Text(e, "contactName");
        ContactEmail = VeloCloudJson.Text(e, "contactEmail");
        ContactPhone = VeloCloudJson.Text(e, "contactPhone");
        ContactMobile = VeloCloudJson.Text(e, "contactMobile");
        Address = VeloCloudAddress.Read(e);
        TimeZone = VeloCloudJson.Text(e, "timezone");
        Locale = VeloCloudJson.Text(e, "locale");
        AlertsEnabled = VeloCloudJson.Flag(e, "alertsEnabled");
        OperatorAlertsEnabled = VeloCloudJson.Flag(e, "operatorAlertsEnabled");
        EndpointPkiMode = VeloCloudJson.Text(e, "endpointPkiMode");
        BastionState = VeloCloudJson.Text(e, "bastionState");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
    }

    /// <summary>The id that every call of the portal API takes.</summary>
    public long Id { get; }

    /// <summary>The id that APIv2 takes.</summary>
    public string? LogicalId { get; }

    /// <summary>The customer's name.</summary>
    public string Name { get; }

    /// <summary>The customer's domain: the name of its login.</summary>
    public string? Domain { get; }

    /// <summary>The account number.</summary>
    public string? AccountNumber { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>The partner that looks after the customer; operators are told.</summary>
    public long? PartnerId { get; }

    /// <summary>The partner's name; operators are told.</summary>
    public string? PartnerName { get; }

    /// <summary>The network (practically always 1).</summary>
    public long? NetworkId { get; }

    /// <summary>The gateway pool.</summary>
    public long? GatewayPoolId { get; }

    /// <summary>How many edges there are, where the answer says so.</summary>
    public long? EdgeCount { get; }

    /// <summary>The contact.</summary>
    public string? ContactName { get; }

    /// <summary>The contact's e-mail address.</summary>
    public string? ContactEmail { get; }

    /// <summary>The contact's telephone.</summary>
    public string? ContactPhone { get; }

    /// <summary>The contact's mobile.</summary>
    public string? ContactMobile { get; }

    /// <summary>Where it is.</summary>
    public VeloCloudAddress Address { get; }

    /// <summary>The time zone that people of the customer see; the API's own times are UTC.</summary>
    public string? TimeZone { get; }

    /// <summary>The language.</summary>
    public string? Locale { get; }

    /// <summary>Whether the customer is alerted.</summary>
    public bool? AlertsEnabled { get; }

    /// <summary>Whether the operator is alerted.</summary>
    public bool? OperatorAlertsEnabled { get; }

    /// <summary>How edges prove who they are (CERTIFICATE_OPTIONAL, …).</summary>
    public string? EndpointPkiMode { get; }

    /// <summary>The bastion's state.</summary>
    public string? BastionState { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
