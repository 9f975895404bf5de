using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>The faults that are set, in the order in which they came. Safe for many threads.</summary>
internal sealed class FaultList(IReadOnlyCollection<string> systems)
{
    private readonly object _lock = new();
    private readonly List<Fault> _faults = [];
    private int _lastId;
    private volatile bool _any;

    /// <summary>Adds a fault and returns its id. Throws <see cref="ArgumentException"/> with a sentence for the caller.</summary>
    public int Add(JsonElement sent)
    {
        lock (_lock)
        {
            var fault = Fault.Parse(_lastId + 1, sent, systems);
            _lastId = fault.Id;
            _faults.Add(fault);
            _any = true;
            return fault.Id;
        }
    }

    /// <summary>Removes one fault, or all of them where <paramref name="id"/> is null. Returns how many went.</summary>
    public int Remove(int? id)
    {
        lock (_lock)
        {
            var gone = _faults.RemoveAll(f => id is null || f.Id == id);
            _any = _faults.Count > 0;
            return gone;
        }
    }

    /// <summary>What applies to a request: any number of faults that leave room for others, and the first that is due of the rest.</summary>
    public FaultPlan Take(string system, HttpRequest request)
    {
        if (!_any)
            return FaultPlan.None;

        lock (_lock)
        {
            List<Fault>? due = null;
            foreach (var fault in _faults)
            {
                if (!fault.Matches(system, request) || !fault.IsDue())
                    continue;

                if (!fault.LeavesRoom && due?.Exists(f => !f.LeavesRoom) == true)
                    continue;

                fault.Hit();
                (due ??= []).Add(fault);
            }

            return due is null ? FaultPlan.None : new FaultPlan(due);
        }
    }

    /// <summary>All faults, with how often each applied.</summary>
    public JsonArray Describe()
    {
        lock (_lock)
        {
            return new JsonArray([.. _faults.Select(f => f.Describe())]);
        }
    }
}
