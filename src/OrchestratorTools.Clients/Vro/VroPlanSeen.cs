namespace OrchestratorTools.Clients.Vro;

/// <summary>A plan as it was when it was looked at.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Runtime">What it did.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Doubts">What is doubtful about the action.</param>
internal sealed record VroPlanSeen(VroPlan Plan, VroPlanRuntime Runtime, DateTimeOffset At, IReadOnlyList<string> Doubts);
