namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>One page of a list that the caller walks by itself (metaData {limit, more, nextPageLink}).</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Limit">How many a page may have, where the answer says so.</param>
/// <param name="More">Whether the server has more; null where it does not say.</param>
/// <param name="NextPageLink">What leads to the next page, where there is a link.</param>
internal sealed record VeloCloudPage<T>(IReadOnlyList<T> Items, long? Limit, bool? More, string? NextPageLink);
