using System.Globalization;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>
/// Makes one row of the rows that the pieces of a long interval gave for the same thing: what counts is added up, least and greatest are kept, and everything else is averaged, each piece
/// with the weight of its length.
/// </summary>
internal sealed class MetricMerge(VeloCloudMetricKind by)
{
    private readonly List<Row> _order = [];
    private readonly Dictionary<(long? Edge, long? Id, string Key), Row> _rows = [];

    /// <summary>Takes a row of one piece.</summary>
    public void Add(VeloCloudMetric metric)
    {
        // Names of links may change, ids do not; what has no id has only its name, and a path its other end.
        var key = (metric.EdgeId, metric.Id, metric.Id is null ? metric.Name + "\n" + metric.Detail : string.Empty);
        if (!_rows.TryGetValue(key, out var row))
        {
            _rows[key] = row = new Row(metric);
            _order.Add(row);
        }

        row.Add(metric, by);
    }

    /// <summary>The rows, in the order in which the things first came.</summary>
    public IEnumerable<VeloCloudMetric> Rows(VeloCloudInterval whole) => _order.Select(r => r.Made(whole));

    private sealed class Row(VeloCloudMetric first)
    {
        private readonly Dictionary<string, Total> _totals = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<string> _names = [];

        public void Add(VeloCloudMetric metric, VeloCloudMetricKind by)
        {
            var weight = Math.Max(1, (metric.End - metric.Start).TotalMilliseconds);
            foreach (var (name, value) in metric.Value)
            {
                if (!_totals.TryGetValue(name, out var total))
                {
                    _totals[name] = total = new Total(MetricCatalog.IsCounter(by, name) ? Way.Sum : name.EndsWith("Min", StringComparison.Ordinal) ? Way.Least : name.EndsWith("Max", StringComparison.Ordinal) ? Way.Greatest : Way.Average);
                    _names.Add(name);
                }

                total.Add(value, weight);
            }
        }

        public VeloCloudMetric Made(VeloCloudInterval whole)
        {
            first.Start = whole.Start;
            first.End = whole.End;
            first.Value = _names.ToDictionary(n => n, n => _totals[n].Value, StringComparer.OrdinalIgnoreCase);
            return first;
        }
    }

    private enum Way
    {
        Sum,
        Least,
        Greatest,
        Average,
    }

    private sealed class Total(Way way)
    {
        private object? _only;
        private bool _isWhole = true;
        private decimal _sum;
        private double _weighted;
        private double _weights;

        public object Value
        {
            get
            {
                if (_only is not null)
                {
                    return _only;
                }

                if (way is Way.Average)
                {
                    return Math.Round(_weighted / _weights, 4);
                }

                return _isWhole && _sum is >= long.MinValue and <= long.MaxValue ? (object)(long)_sum : (double)_sum;
            }
        }

        public void Add(object value, double weight)
        {
            var isFirst = _weights == 0;
            var number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            _isWhole &= value is long;
            _sum = isFirst ? number : way switch
            {
                Way.Least => Math.Min(_sum, number),
                Way.Greatest => Math.Max(_sum, number),
                _ => _sum + number,
            };
            _weighted += (double)number * weight;
            _weights += weight;

            // One piece alone is what the server said, to the last digit.
            _only = isFirst ? value : null;
        }
    }
}
