using System.Globalization;

namespace OrchestratorTools.Clients.Vro.Report;

/// <summary>
/// The time line of a run: a picture for each group, so that paper breaks between them, all on the same scale. What became of a part is told by a word and a pattern, never by a colour.
/// </summary>
internal sealed class VroReportTimeline
{
    private const double Width = 1000;
    private const double NameWidth = 250;
    private const double LabelWidth = 165;
    private const double ChartWidth = Width - NameWidth - LabelWidth;
    private const double RowHeight = 22;
    private const double AxisHeight = 26;
    private const int LongestName = 34;
    private const double NumberNeeds = 14;
    private static readonly int[] Ticks = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

    private readonly DateTime _start;
    private readonly TimeSpan _span;
    private readonly TimeSpan? _rto;

    private VroReportTimeline(DateTime start, TimeSpan span, TimeSpan? rto)
    {
        _start = start;
        _span = span;
        _rto = rto is { } limit && limit <= span ? rto : null;
    }

    /// <summary>The time line of a run; null where the server told no times of its parts, or nothing of it has ended yet.</summary>
    public static VroReportTimeline? Of(VroPlanRuntime runtime, TimeSpan? rto)
    {
        var parts = runtime.Groups.SelectMany(g => g.Vms.SelectMany(v => v.Steps.Append<VroRuntimePart>(v)).Concat(g.Steps).Append(g)).ToList();
        var times = parts.SelectMany(p => new[] { p.StartTime, p.FinishTime }).Append(runtime.StartTime).Append(runtime.FinishTime).OfType<DateTime>().ToList();
        if (!parts.Exists(p => p.StartTime is not null) || !parts.Exists(p => p.FinishTime is not null))
        {
            return null;
        }

        var start = runtime.StartTime ?? times.Min();
        start = times.Min() < start ? times.Min() : start;
        var span = times.Max() - start;
        if (span < TimeSpan.FromSeconds(1))
        {
            span = TimeSpan.FromSeconds(1);
        }

        // The limit is shown where it does not push the run itself into a corner.
        return new VroReportTimeline(start, rto is { } limit && limit > span && limit < span * 1.6 ? limit : span, rto);
    }

    /// <summary>The patterns, once for the whole document.</summary>
    public static void WritePatterns(Markup page) => page.Element(
        "svg",
        () => page.Element("defs", () =>
        {
            page.Element(
                "pattern",
                () =>
                {
                    page.Element("rect", (string?)null, ("width", "6"), ("height", "6"), ("fill", "#1b1f24"));
                    page.Element("line", (string?)null, ("x1", "0"), ("y1", "0"), ("x2", "0"), ("y2", "6"), ("stroke", "#ffffff"), ("stroke-width", "4"));
                },
                ("id", "failed"),
                ("width", "6"),
                ("height", "6"),
                ("patternUnits", "userSpaceOnUse"),
                ("patternTransform", "rotate(45)"));
            page.Element(
                "pattern",
                () =>
                {
                    page.Element("rect", (string?)null, ("width", "6"), ("height", "6"), ("fill", "#ffffff"));
                    page.Element("circle", (string?)null, ("cx", "3"), ("cy", "3"), ("r", "1.5"), ("fill", "#1b1f24"));
                },
                ("id", "warning"),
                ("width", "6"),
                ("height", "6"),
                ("patternUnits", "userSpaceOnUse"));
        }),
        ("style", "position:absolute;width:0;height:0"),
        ("aria-hidden", "true"));

    /// <summary>The picture of a group.</summary>
    public void Write(Markup page, VroRuntimeGroup group)
    {
        var rows = 1 + group.Vms.Count + group.Steps.Count;
        var height = AxisHeight + (rows * RowHeight) + 4;
        page.Element(
            "svg",
            () =>
            {
                WriteAxis(page, height);
                var y = AxisHeight;
                Row(page, ref y, group, string.Empty, isStrong: true, []);
                foreach (var (step, i) in group.Steps.Select((s, i) => (s, i)))
                {
                    Row(page, ref y, step, string.Create(CultureInfo.InvariantCulture, $"{i + 1}. "), isStrong: false, []);
                }

                foreach (var vm in group.Vms)
                {
                    Row(page, ref y, vm, string.Empty, isStrong: false, vm.Steps);
                }
            },
            ("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {height}")),
            ("role", "img"),
            ("aria-label", $"Time line of group {group.Name}"));
        page.Line();
    }

    private void WriteAxis(Markup page, double height)
    {
        var step = Ticks.FirstOrDefault(t => _span.TotalSeconds / t <= 8, Ticks[^1]);
        while (_span.TotalSeconds / step > 8)
        {
            step *= 2;
        }

        for (var at = 0; at <= _span.TotalSeconds; at += step)
        {
            var x = X(_start.AddSeconds(at));
            page.Element("line", (string?)null, ("x1", N(x)), ("y1", N(AxisHeight - 8)), ("x2", N(x)), ("y2", N(height)), ("stroke", "#c9d1d9"), ("stroke-width", "1"));
            page.Element("text", "+" + VroReportPage.Span(TimeSpan.FromSeconds(at)), ("x", N(x + 2)), ("y", N(AxisHeight - 12)), ("class", "small"));
        }

        if (_rto is { } rto)
        {
            var x = X(_start + rto);
            page.Element("line", (string?)null, ("x1", N(x)), ("y1", N(AxisHeight - 10)), ("x2", N(x)), ("y2", N(height)), ("stroke", "#1b1f24"), ("stroke-width", "2"), ("stroke-dasharray", "6 3"));
            page.Element("text", "RTO", ("x", N(x - 3)), ("y", N(AxisHeight - 1)), ("class", "small strong"), ("text-anchor", "end"));
        }
    }

    private void Row(Markup page, ref double y, VroRuntimePart part, string prefix, bool isStrong, IReadOnlyList<VroRuntimeStep> steps)
    {
        var middle = y + (RowHeight / 2) + 4;
        var name = prefix + part.Name;
        page.Element(
            "text",
            () =>
            {
                page.Element("title", name);
                page.Text(Shortened(name));
            },
            ("x", isStrong ? "0" : "14"),
            ("y", N(middle)),
            ("class", isStrong ? "strong" : null));
        if (steps.Any(s => s.StartTime is not null))
        {
            foreach (var (step, i) in steps.Select((s, i) => (s, i)))
            {
                Bar(page, y, step, string.Create(CultureInfo.InvariantCulture, $"{i + 1}"));
            }
        }
        else
        {
            Bar(page, y, part, null);
        }

        var word = VroReportPage.Word(part);
        page.Element("text", part.Duration is { } took ? $"{VroReportPage.Span(took)} {word}" : word, ("x", N(NameWidth + ChartWidth + 8)), ("y", N(middle)), ("class", isStrong || VroReportPage.HasFailed(part) ? "strong" : null));
        y += RowHeight;
    }

    private void Bar(Markup page, double y, VroRuntimePart part, string? number)
    {
        if (part.StartTime is not { } start)
        {
            return;
        }

        var isOpen = part.FinishTime is null;
        var (from, to) = (X(start), X(part.FinishTime ?? _start + _span));
        var width = Math.Max(2, to - from);
        var isFailed = VroReportPage.HasFailed(part);
        var isWarning = string.Equals(part.Result, "Warning", StringComparison.OrdinalIgnoreCase);
        page.Element(
            "rect",
            () => page.Element("title", string.Create(CultureInfo.InvariantCulture, $"{part.Name}: {VroReportPage.Word(part)}{(part.Duration is { } took ? ", " + VroReportPage.Span(took) : string.Empty)}")),
            ("x", N(from)),
            ("y", N(y + 4)),
            ("width", N(width)),
            ("height", N(RowHeight - 8)),
            ("fill", isFailed ? "url(#failed)" : isWarning ? "url(#warning)" : isOpen ? "#ffffff" : "#dfe4ea"),
            ("stroke", "#1b1f24"),
            ("stroke-width", "1"),
            ("stroke-dasharray", isOpen ? "4 2" : null));
        if (number is not null && width >= NumberNeeds)
        {
            if (isFailed || isWarning)
            {
                page.Element("rect", (string?)null, ("x", N(from + (width / 2) - 6)), ("y", N(y + 5)), ("width", "12"), ("height", N(RowHeight - 10)), ("fill", "#ffffff"));
            }

            page.Element("text", number, ("x", N(from + (width / 2))), ("y", N(y + (RowHeight / 2) + 4)), ("text-anchor", "middle"), ("class", "small"));
        }
    }

    private double X(DateTime time) => NameWidth + (Math.Clamp((time - _start) / _span, 0, 1) * ChartWidth);

    private static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    private static string Shortened(string name)
    {
        var text = new StringInfo(name);
        return text.LengthInTextElements <= LongestName ? name : text.SubstringByTextElements(0, LongestName - 1) + "…";
    }
}
