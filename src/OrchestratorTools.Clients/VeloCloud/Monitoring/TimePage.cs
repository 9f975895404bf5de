namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A page of a list that is in the order of time, newest first.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="HasMore">True where the server has more of the interval than this.</param>
internal sealed record TimePage<T>(IReadOnlyList<T> Items, bool HasMore);
