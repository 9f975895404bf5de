namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods of the portal API. Logins are no calls, and have addresses of their own.</summary>
internal sealed class VeloMethods
{
    private readonly Dictionary<string, Func<Call, Answer>> _methods = new(StringComparer.Ordinal);

    public VeloMethods(VeloWorld world, ReplicationPair pair, ReplicationBox box)
    {
        var network = world.Network;
        foreach (var group in new IEnumerable<KeyValuePair<string, Func<Call, Answer>>>[]
        {
            new EnterpriseMethods(network, world.Accounts, world.Roles).All,
            new EdgeMethods(network).All,
            new LinkMethods(network).All,
            new ConfigurationMethods(network).All,
            new OperatorProfileMethods(network).All,
            new NetworkMethods(network).All,
            new MonitoringMethods(network).All,
            new EventMethods(network).All,
            new AlertMethods(network, world.Accounts).All,
            new UserMethods(network, world.Accounts, world.Roles).All,
            new RoleMethods(network, world.Accounts, world.Roles).All,
            new TokenMethods(network, world.Accounts, world.Tokens).All,
            new SystemMethods(network).All,
            new ReplicationMethods(network, pair, box).All,
            new MetricMethods(network).All,
            new StatusMethods(network).All,
            new FirewallMethods(network).All,
            new GatewayMethods(network).All,
            new SoftwareMethods(network).All,
            new LicenseMethods(network).All,
            new ObjectMethods(network).All,
            new PropertyMethods(network).All,
            new InventoryMethods(network, world.Accounts).All,
            new RolePackageMethods(network, world.Roles).All,
            new ApplicationMethods(network).All,
        })
        {
            foreach (var (name, method) in group)
            {
                _methods.Add(name, method);
            }
        }
    }

    /// <summary>Carries a call out.</summary>
    public Answer Invoke(Call call)
        => _methods.TryGetValue(call.Operation.Name, out var method) ? method(call) : throw VeloError.BadRequest($"{call.Operation.Name} is not called: it has an address of its own");
}
