namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// Things by their ids, listed in the order of ids: the order in which the server lists what is not sorted. Listing is what happens most, so the order is kept until
/// something comes or goes.
/// </summary>
internal sealed class IdTable<T>
    where T : Entity
{
    private readonly Dictionary<Guid, T> _byId = [];
    private T[]? _ordered;

    public int Count => _byId.Count;

    /// <summary>In the order of ids. What comes or goes later is not in the list that was given.</summary>
    public IReadOnlyList<T> Values
    {
        get
        {
            if (_ordered is not null) return _ordered;
            var keys = _byId.Keys.ToArray();
            var values = _byId.Values.ToArray();
            Array.Sort(keys, values);
            return _ordered = values;
        }
    }

    public void Add(Guid id, T value)
    {
        _byId.Add(id, value);
        _ordered = null;
    }

    public bool Remove(Guid id)
    {
        if (!_byId.Remove(id)) return false;
        _ordered = null;
        return true;
    }

    public bool ContainsKey(Guid id) => _byId.ContainsKey(id);

    public bool TryGetValue(Guid id, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value) => _byId.TryGetValue(id, out value);

    public T? GetValueOrDefault(Guid id) => _byId.GetValueOrDefault(id);
}
