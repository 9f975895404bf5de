namespace OrchestratorTools.Tests.Vcd;

internal static class AsyncLists
{
    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items, int atMost = int.MaxValue)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
            if (list.Count == atMost)
            {
                break;
            }
        }

        return list;
    }
}
