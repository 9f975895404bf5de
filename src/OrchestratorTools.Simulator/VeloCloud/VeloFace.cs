namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What an Orchestrator shows of one database: logins and both APIs. A standby gets another one when it has copied its active's database.</summary>
internal sealed class VeloFace
{
    public VeloFace(VeloWorld world, SessionStore sessions, RateLimiter limiter, TimeProvider clock, ReplicationPair pair, ReplicationBox box)
    {
        World = world;
        Logins = new Logins(world.Accounts, sessions, clock);
        var authenticator = new Authenticator(sessions, world.Tokens);
        Portal = new PortalApi(authenticator, limiter, world.Network, new VeloMethods(world, pair, box), pair, box);
        V2 = new ApiV2(authenticator, limiter, world.Network, new V2Methods(world), pair, box);
    }

    public VeloWorld World { get; }

    public Logins Logins { get; }

    public PortalApi Portal { get; }

    public ApiV2 V2 { get; }
}
