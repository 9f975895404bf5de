using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// Who may call what, and whose things a call is about. Stated are only: operators and partners send <c>enterpriseId</c> with every call that touches a customer's things,
/// customers never need it; the table's <c>operatorOnly</c> and privileges. The rest is inferred from the names of the objects.
/// </summary>
internal static class AccessRules
{
    private static readonly string[] OperatorObjects = ["network", "operatorUser", "systemProperty", "disasterRecovery", "vcoDiagnostics", "softwareUpdate"];

    private static readonly string[] CarrierObjects = ["enterpriseProxy", "gateway", "gatewayProperty"];

    /// <summary>Methods that take an enterprise's id by another name too.</summary>
    private static readonly string[] ById = ["enterprise/getEnterprise", "enterprise/getEnterpriseEdges", "enterprise/getEnterpriseUsers", "monitoring/getAggregates"];

    /// <summary>Methods that have <c>enterpriseId</c> among their parameters and are not about one enterprise for those above it.</summary>
    private static readonly string[] Wider =
    [
        "role/getRoleCustomizations", "role/createRoleCustomization", "role/deleteRoleCustomization", "role/removeCustomRoles", "monitoring/getAggregates",
        "vcoInventory/getPendingInventory", "vcoInventory/associateEdges", "vcoInventory/associateExistingEdge", "vcoInventory/deleteRmaInventoryItems",
        "vcoInventory/pushActivationSignUp", "migration/getMigrationActions", "migration/getMigrationGateways", "migration/verifyNSDTunnels",
        "enterpriseProxy/getEnterpriseProxyProperty",
    ];

    /// <summary>Whether the credential says what this parameter would say.</summary>
    public static bool IsImplied(Caller caller, string parameter)
        => (parameter is "enterpriseId" && caller.Tier == Tier.Customer) || (parameter is "enterpriseProxyId" && caller.Tier == Tier.Partner);

    /// <summary>Throws where the caller may not call the method at all.</summary>
    public static void CheckMethod(Caller caller, Operation operation)
    {
        var allowed = caller.Tier switch
        {
            Tier.Operator => true,
            Tier.Partner => !operation.OperatorOnly && (!OperatorObjects.Contains(operation.Object, StringComparer.Ordinal) || operation.Find("enterpriseProxyId") is not null),
            _ => !operation.OperatorOnly && !OperatorObjects.Contains(operation.Object, StringComparer.Ordinal) && !CarrierObjects.Contains(operation.Object, StringComparer.Ordinal),
        };
        if (!allowed || !Privileges.Suffice(caller.Account, operation.Privileges))
            throw VeloError.Denied();
    }

    /// <summary>Whose enterprise a call is about; null where it is about none in particular.</summary>
    public static Enterprise? FindEnterprise(Caller caller, Operation operation, JsonElement parameters, VeloNetwork network)
    {
        CheckProxy(caller, operation, parameters, network);
        var sent = Sent(operation, parameters);
        if (caller.Tier == Tier.Customer)
        {
            if (sent is not null && sent != caller.Account.EnterpriseId)
                throw VeloError.Denied();

            return network.FindEnterprise(caller.Account.EnterpriseId ?? 0) ?? throw VeloError.Denied();
        }

        if (sent is { } id)
            return Delegated(caller, operation, Own(caller, network, id));

        return NeedsEnterprise(operation) ? throw VeloError.Invalid([Operation.Missing("enterpriseId")]) : null;
    }

    /// <summary>The partner that a call is about: the caller's own, or the one that an operator names.</summary>
    public static Partner? FindProxy(Caller caller, JsonElement parameters, VeloNetwork network)
        => network.FindPartner(caller.Account.ProxyId ?? (int)(Number(parameters, "enterpriseProxyId") ?? 0));

    /// <summary>An enterprise that the caller may see, by its id.</summary>
    public static Enterprise Own(Caller caller, VeloNetwork network, long id)
    {
        var enterprise = id is > 0 and <= int.MaxValue ? network.FindEnterprise((int)id) : null;
        if (caller.Tier == Tier.Operator)
            return enterprise ?? throw VeloError.NotFound("enterprise");

        // Nobody learns by this whether another's enterprise is there.
        return enterprise is not null && IsOwn(caller, enterprise) ? enterprise : throw VeloError.Denied();
    }

    /// <summary>Whether an enterprise is one of the caller's.</summary>
    public static bool IsOwn(Caller caller, Enterprise enterprise)
        => caller.Tier switch
        {
            Tier.Operator => true,
            Tier.Partner => enterprise.ProxyId == caller.Account.ProxyId,
            _ => enterprise.Id == caller.Account.EnterpriseId,
        };

    /// <summary>A customer that has withdrawn the delegation is closed to those above it, but for looking at the enterprise itself.</summary>
    private static Enterprise Delegated(Caller caller, Operation operation, Enterprise enterprise)
    {
        var isDelegated = caller.Tier == Tier.Operator ? enterprise.IsDelegatedToOperator : enterprise.IsDelegatedToProxy;
        return isDelegated || operation.Privileges is ["READ ENTERPRISE"] || operation.Object is "role" ? enterprise : throw VeloError.Denied();
    }

    private static void CheckProxy(Caller caller, Operation operation, JsonElement parameters, VeloNetwork network)
    {
        var sent = Number(parameters, "enterpriseProxyId");
        if (sent is not null && caller.Tier == Tier.Customer && operation.Object is not "role")
            throw VeloError.Denied();

        if (sent is { } id && caller.Tier == Tier.Partner && id != caller.Account.ProxyId)
            throw VeloError.Denied();

        if (sent is { } named && caller.IsOperator && network.FindPartner((int)Math.Clamp(named, 0, int.MaxValue)) is null)
            throw VeloError.NotFound("enterpriseProxy");

        if (sent is null && caller.IsOperator && operation.Object is "enterpriseProxy" && operation.Find("enterpriseProxyId") is not null)
            throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]);
    }

    private static long? Sent(Operation operation, JsonElement parameters)
        => Number(parameters, "enterpriseId") ?? (ById.Contains(operation.Name, StringComparer.Ordinal) ? Number(parameters, "id") : null);

    private static bool NeedsEnterprise(Operation operation)
        => operation.Find("enterpriseId") is { Type.IsNumber: true }
            && !operation.OperatorOnly
            && operation.Find("networkId") is null
            && operation.Find("enterpriseProxyId") is null
            && operation.Find("gatewayId") is null
            && !Wider.Contains(operation.Name, StringComparer.Ordinal)
            && !operation.Privileges.Any(p => p.EndsWith(" OPERATOR_PROFILE", StringComparison.Ordinal));

    private static long? Number(JsonElement parameters, string name)
        => parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
