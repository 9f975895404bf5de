using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// Who may call what, and whose things a call is about. Stated are only: operators and partners send <c>enterpriseId</c> with every call that touches a customer's things,
/// customers never need it; the table's <c>operatorOnly</c>. The rest is inferred from the names of the objects.
/// </summary>
internal static class AccessRules
{
    private static readonly string[] OperatorObjects = ["network", "operatorUser", "systemProperty", "disasterRecovery", "vcoDiagnostics", "softwareUpdate"];

    private static readonly string[] CarrierObjects = ["enterpriseProxy", "gateway", "gatewayProperty", "migration"];

    /// <summary>What only those above a customer may do, although the object is a customer's.</summary>
    private static readonly string[] CarrierPrivileges = ["CREATE ENTERPRISE", "DELETE ENTERPRISE", "UPDATE NETWORK"];

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
            _ => !operation.OperatorOnly && !OperatorObjects.Contains(operation.Object, StringComparer.Ordinal) && !CarrierObjects.Contains(operation.Object, StringComparer.Ordinal)
                && !operation.Privileges.Intersect(CarrierPrivileges, StringComparer.Ordinal).Any(),
        };
        if (!allowed || (caller.Account.IsReadOnly && !operation.IsRead))
            throw VeloError.Denied();
    }

    /// <summary>Whose enterprise a call is about; null where it is about none in particular.</summary>
    public static Enterprise? FindEnterprise(Caller caller, Operation operation, JsonElement parameters, VeloNetwork network)
    {
        CheckProxy(caller, operation, parameters);
        var sent = Sent(operation, parameters);
        if (caller.Tier == Tier.Customer)
        {
            if (sent is not null && sent != caller.Account.EnterpriseId)
                throw VeloError.Denied();

            return network.FindEnterprise(caller.Account.EnterpriseId!.Value);
        }

        if (sent is { } id)
            return Own(caller, network, id);

        return NeedsEnterprise(operation) ? throw VeloError.Invalid([Operation.Missing("enterpriseId")]) : null;
    }

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
            Tier.Partner => enterprise.ProxyId == VeloNetwork.ProxyId,
            _ => enterprise.Id == caller.Account.EnterpriseId,
        };

    private static void CheckProxy(Caller caller, Operation operation, JsonElement parameters)
    {
        var sent = Number(parameters, "enterpriseProxyId");
        if (sent is not null && caller.Tier == Tier.Customer)
            throw VeloError.Denied();

        if (sent is not null && sent != VeloNetwork.ProxyId)
            throw caller.IsOperator ? VeloError.NotFound("enterpriseProxy") : VeloError.Denied();

        if (sent is null && caller.IsOperator && operation.Object is "enterpriseProxy" && operation.Find("enterpriseProxyId") is not null)
            throw VeloError.Invalid([Operation.Missing("enterpriseProxyId")]);
    }

    /// <summary>Some methods of an enterprise take its id by either name.</summary>
    private static long? Sent(Operation operation, JsonElement parameters)
        => Number(parameters, "enterpriseId")
            ?? (operation.Name is "enterprise/getEnterprise" or "enterprise/getEnterpriseEdges" or "enterprise/getEnterpriseUsers" ? Number(parameters, "id") : null);

    private static bool NeedsEnterprise(Operation operation)
        => operation.Find("enterpriseId") is { Type.IsNumber: true }
            && !operation.OperatorOnly
            && operation.Find("networkId") is null
            && operation.Find("enterpriseProxyId") is null
            && operation.Find("gatewayId") is null
            && !operation.Privileges.Any(p => p.EndsWith(" OPERATOR_PROFILE", StringComparison.Ordinal));

    private static long? Number(JsonElement parameters, string name)
        => parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
