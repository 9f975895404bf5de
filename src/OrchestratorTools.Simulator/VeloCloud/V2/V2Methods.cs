namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The operations of APIv2, by the names of the definition.</summary>
internal sealed class V2Methods
{
    private readonly Dictionary<string, Func<V2Call, V2Answer>> _methods = new(StringComparer.Ordinal);

    public V2Methods(VeloWorld world)
    {
        Async = new AsyncOperations(world.Network);
        foreach (var group in new IEnumerable<KeyValuePair<string, Func<V2Call, V2Answer>>>[]
        {
            new V2Enterprises(world).All,
            new V2Edges(world.Network, Async).All,
            new V2Logs(world.Network).All,
            new V2Statistics(world.Network).All,
            new V2Status(world.Network).All,
            new V2DeviceSettings(world.Network, Async).All,
        })
        {
            foreach (var (name, method) in group)
            {
                _methods.Add(name, method);
            }
        }
    }

    /// <summary>What goes on after its answer.</summary>
    public AsyncOperations Async { get; }

    /// <summary>The privileges of the portal API that an operation asks; the definition of APIv2 names none [inferred].</summary>
    public static IReadOnlyList<string> PrivilegesOf(V2Operation operation)
    {
        if (operation.Name.Contains("DeviceSettings", StringComparison.Ordinal))
            return operation.Method is "GET" ? ["READ ENTERPRISE_PROFILE"] : ["UPDATE ENTERPRISE_PROFILE"];

        return (operation.Method, operation.Name) switch
        {
            (_, "createEnterprise") => ["CREATE ENTERPRISE"],
            (_, "deleteEnterprise") => ["DELETE ENTERPRISE"],
            (_, "createEdge") => ["CREATE EDGE"],
            (_, "updateEdge") => ["UPDATE EDGE"],
            (_, "deleteEdge") => ["DELETE EDGE"],
            (_, "getEnterpriseEvents") => ["READ ENTERPRISE_EVENT"],
            (_, "getEnterpriseAlerts") => ["READ ENTERPRISE_ALERT"],
            (_, var name) when name.Contains("Flow", StringComparison.Ordinal) => ["READ EDGE", "VIEW_FLOW_STATS None"],
            (_, var name) when name.Contains("Edge", StringComparison.Ordinal) => ["READ EDGE"],
            _ => ["READ ENTERPRISE"],
        };
    }

    public V2Answer Invoke(V2Call call)
    {
        Async.Settle();
        return _methods.TryGetValue(call.Operation.Name, out var method) ? method(call) : throw V2Error.NotFound("resource");
    }
}
