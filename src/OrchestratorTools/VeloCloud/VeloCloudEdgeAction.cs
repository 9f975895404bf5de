namespace OrchestratorTools.VeloCloud;

/// <summary>What an edge can be told to do (APIv2, facts/velocloud.md, "remote actions").</summary>
public enum VeloCloudEdgeAction
{
    /// <summary>The lights of the device blink, so that somebody finds it.</summary>
    BlinkLeds,

    /// <summary>The device starts again. It is cut off for minutes.</summary>
    Reboot,

    /// <summary>The device's service starts again. It is cut off for a moment.</summary>
    RestartService,

    /// <summary>The device goes off, and only somebody at the place turns it on again.</summary>
    Shutdown,

    /// <summary>The device forgets everything and has to be activated again.</summary>
    HardReset,
}
