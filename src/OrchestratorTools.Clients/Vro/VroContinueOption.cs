namespace OrchestratorTools.Clients.Vro;

/// <summary>How a halted plan goes on (executionContinueOptions; facts/vro.md, "Continue").</summary>
public enum VroContinueOption
{
    /// <summary>The failed VM is left as it is; the next one follows.</summary>
    ProceedToNextVm,

    /// <summary>The failed step is left as it is; the next one follows.</summary>
    ProceedToNextStep,

    /// <summary>The failed group is left as it is; the next one follows.</summary>
    ProceedToNextGroup,

    /// <summary>The failed step is tried again.</summary>
    RetryFailedStep,

    /// <summary>The failed VM is tried again from its first step.</summary>
    RetryFailedVm,

    /// <summary>The failed group is tried again from its first step.</summary>
    RetryFailedGroup,
}
