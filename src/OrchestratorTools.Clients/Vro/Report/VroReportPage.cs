using System.Globalization;

namespace OrchestratorTools.Clients.Vro.Report;

/// <summary>A report as one HTML page that needs nothing from anywhere: no script, no picture, no font, no style of somebody else's.</summary>
internal static class VroReportPage
{
    // The browser is told so too: whatever a page could load, this one may not.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private static readonly string[] FailedColumns = ["Group", "VM", "Step", "Result", "What the server says"];
    private static readonly string[] PartColumns = ["Part", "Result", "Begun (server time)", "Ended"];

    public static string Write(VroReport report, string data, string hash)
    {
        using var page = new Markup();
        page.Element(
            "html",
            () =>
            {
                page.Line();
                page.Element("head", () =>
                {
                    page.Element("meta", (string?)null, ("charset", "utf-8"));
                    page.Element("meta", (string?)null, ("http-equiv", "Content-Security-Policy"), ("content", Policy));
                    page.Element("meta", (string?)null, ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
                    page.Element("meta", (string?)null, ("name", "generator"), ("content", "OrchestratorTools " + report.ModuleVersion));
                    page.Element("title", Title(report));
                    page.Element("style", VroReportStyle.Sheet);
                });
                page.Line();
                page.Element("body", () => WriteBody(page, report, data, hash));
                page.Line();
            },
            ("lang", "en"));
        return "<!DOCTYPE html>\n" + page + "\n";
    }

    /// <summary>A time span for people: h:mm:ss.</summary>
    public static string Span(TimeSpan span)
    {
        var seconds = (long)Math.Round(span.Duration().TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{(span < TimeSpan.Zero ? "-" : string.Empty)}{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }

    /// <summary>True for a part that failed. One that stands because the run was halted has not: it was only not gone on with.</summary>
    public static bool HasFailed(VroRuntimePart part) => VroAssumptions.IsError(part.Result) || VroAssumptions.IsError(part.State);

    /// <summary>What became of a part, in a word: its result where it has one, else its state.</summary>
    public static string Word(VroRuntimePart part)
        => HasFailed(part) ? "FAILED"
            : string.Equals(part.Result, "Success", StringComparison.OrdinalIgnoreCase) ? "OK"
            : VroAssumptions.IsDefinite(part.Result) ? part.Result!
            : part.State ?? "unknown";

    private static string Title(VroReport report)
        => report.Plans.Count == 1 ? $"Recovery plan {report.Plans[0].Plan.Name}" : string.Create(CultureInfo.InvariantCulture, $"{report.Plans.Count} recovery plans");

    private static void WriteBody(Markup page, VroReport report, string data, string hash)
    {
        page.Line();
        VroReportTimeline.WritePatterns(page);
        page.Element("h1", Title(report));
        page.Element("p", $"Made {VroReportData.Utc(report.CreatedAt)} (UTC) on {report.Machine} with OrchestratorTools {report.ModuleVersion}, from what the server's plans and their runtime details told.", ("class", "lead"));
        page.Element("p", "Times of runs are the server's own, as it writes them: the API does not tell their time zone. They are marked \"server time\".", ("class", "lead"));
        WriteFailures(page, report);
        WriteOverview(page, report);
        foreach (var plan in report.Plans)
        {
            page.Line();
            page.Element("section", () => WritePlan(page, plan, report.Rto), ("class", "plan"));
        }

        page.Line();
        page.Element(
            "section",
            () =>
            {
                page.Element("h2", "Checksum and data");
                page.Element("p", () =>
                {
                    page.Text("SHA-256: ");
                    page.Element("code", hash, ("id", "sha256"));
                });
                page.Element("p", "Of the UTF-8 bytes of the JSON text in the frame below, from its first { to its last }, lines ended by a line feed: what is between the tags of the element with the id \"data\" after HTML's character references are replaced. With -Format Json the same text is the value of \"data\". The checksum shows that the data are whole; it is no signature.");
                page.Element("pre", data, ("id", "data"));
            },
            ("class", "data"));
        page.Line();
    }

    private static void WriteFailures(Markup page, VroReport report)
    {
        if (report.Failures.Count == 0)
        {
            return;
        }

        page.Element(
            "div",
            () =>
            {
                page.Element("p", () => page.Element("strong", "Not in this report, because it could not be read:"));
                page.Element("ul", () =>
                {
                    foreach (var failure in report.Failures)
                    {
                        page.Element("li", $"{failure.Plan}: {failure.Reason}");
                    }
                });
            },
            ("class", "note"));
    }

    private static void WriteOverview(Markup page, VroReport report)
    {
        page.Element("table", () =>
        {
            page.Element("thead", () => page.Element("tr", () =>
            {
                foreach (var (name, isNumber) in new[] { ("Plan", false), ("State", false), ("Result", false), ("Readiness", false), ("Begun (server time)", false), ("Duration", true), (report.Rto is { } rto ? $"RTO {Span(rto)}" : "RTO", false) })
                {
                    page.Element("th", name, ("class", isNumber ? "n" : null), ("scope", "col"));
                }
            }));
            page.Element("tbody", () =>
            {
                foreach (var plan in report.Plans)
                {
                    page.Element("tr", () =>
                    {
                        page.Element("td", plan.Plan.Name);
                        page.Element("td", StateOf(plan));
                        page.Element("td", () => WriteResult(page, plan.Runtime.Result, plan.Runtime.ResultName));
                        page.Element("td", () => WriteResult(page, plan.Runtime.CheckResult, null));
                        page.Element("td", Shown(plan.Runtime.StartTime) ?? "not told", ("class", "t"));
                        page.Element("td", plan.Runtime.Duration is { } took ? Span(took) : "not told", ("class", "n"));
                        page.Element("td", () => WriteRto(page, plan, report.Rto));
                    });
                }
            });
        });
        page.Line();
    }

    private static void WriteRto(Markup page, VroReportPlan plan, TimeSpan? rto)
    {
        if (rto is not { } limit)
        {
            page.Text("none given");
            return;
        }

        switch (plan.Kept(rto))
        {
            case true:
                page.Element("span", $"kept, {Span(limit - plan.Runtime.Duration!.Value)} left", ("class", "tag"));
                break;
            case false when plan.HasFailed:
                page.Element("span", "NOT REACHED", ("class", "tag bad"));
                break;
            case false:
                page.Element("span", $"MISSED by {Span(plan.Runtime.Duration!.Value - limit)}", ("class", "tag bad"));
                break;
            default:
                page.Element("span", plan.Runtime.IsRunning is true ? "still runs" : plan.Runtime is { HasDetails: true, StartTime: null } ? "no run" : "cannot be told", ("class", "tag doubt"));
                break;
        }
    }

    private static void WriteResult(Markup page, string? result, string? name)
    {
        if (VroAssumptions.IsError(result))
        {
            page.Element("span", result!.ToUpperInvariant(), ("class", "tag bad"));
        }
        else if (string.Equals(result, "Success", StringComparison.OrdinalIgnoreCase))
        {
            page.Element("span", "OK", ("class", "tag"));
        }
        else
        {
            page.Element("span", VroAssumptions.IsDefinite(result) ? result : "none", ("class", "tag doubt"));
        }

        if (!string.IsNullOrWhiteSpace(name))
        {
            page.Text(" " + name);
        }
    }

    private static void WritePlan(Markup page, VroReportPlan entry, TimeSpan? rto)
    {
        var (plan, runtime) = (entry.Plan, entry.Runtime);
        page.Element("h2", plan.Name);
        if (!runtime.HasDetails)
        {
            page.Element(
                "div",
                () => page.Element("p", "The server has no runtime details of this plan: it forgets them when it restarts, and has them again after the next run. What follows is what the plan itself tells; its groups, VMs, steps and times are not known any more."),
                ("class", "note"));
        }

        page.Element(
            "dl",
            () =>
            {
                Fact(page, "Server", $"{entry.Server}, API {entry.ApiVersion} ({VroAssumptions.ProductOf(entry.ApiVersion)})");
                Fact(page, "Plan", $"{plan.Type ?? "unknown type"}, id {plan.Id}{(string.IsNullOrEmpty(plan.ScopeName) ? string.Empty : $", scope {plan.ScopeName}")}");
                Fact(page, "Description", plan.Description);
                Fact(page, "Recovery location", plan.RecoveryLocationName);
                Fact(page, "State", $"{StateOf(entry)}; mode {runtime.Mode ?? plan.Mode ?? "unknown"}; {runtime.VerificationState ?? plan.VerificationState ?? "verification unknown"}");
                page.Element("dt", "Result");
                page.Element("dd", () => WriteResult(page, runtime.Result, runtime.ResultName));
                Fact(page, "Run", RunOf(runtime));
                if (rto is not null)
                {
                    page.Element("dt", "RTO " + Span(rto.Value));
                    page.Element("dd", () => WriteRto(page, entry, rto));
                }

                Fact(page, "Who ran it", StarterOf(runtime));
                Fact(page, "Read", $"{VroReportData.Utc(entry.ReadAt)} (UTC){(string.IsNullOrEmpty(entry.ReadBy) ? string.Empty : $" by {entry.ReadBy}")}");
            },
            ("class", "facts"));
        WriteFailed(page, entry);
        if (runtime.Groups.Count > 0)
        {
            WriteParts(page, runtime, rto);
        }
    }

    private static string RunOf(VroPlanRuntime runtime)
    {
        if (runtime.StartTime is not { } start)
        {
            return runtime.HasDetails ? "The server tells of no run." : "Its times are not known.";
        }

        return runtime.Duration is { } took
            ? $"{Shown(start)} to {Shown(runtime.FinishTime)} (server time), {Span(took)}"
            : $"begun {Shown(start)} (server time), {(runtime.IsRunning is true ? "still runs" : "its end is not told")}{(runtime.Progress is { } percent && runtime.IsRunning is true ? string.Create(CultureInfo.InvariantCulture, $", {percent} %") : string.Empty)}";
    }

    private static string StarterOf(VroPlanRuntime runtime)
    {
        var (who, where) = (VroAssumptions.FindStarter(runtime.AdditionalProperties), VroAssumptions.FindStarterAddress(runtime.AdditionalProperties));
        return (who, where) switch
        {
            (null, null) => "The API of this server tells neither who started the run nor from where.",
            (not null, null) => $"{who}; the API does not tell from where.",
            (null, not null) => $"From {where}; the API does not tell who.",
            _ => $"{who}, from {where}",
        };
    }

    private static void WriteFailed(Markup page, VroReportPlan entry)
    {
        var failed = entry.Failed.ToList();
        if (failed.Count == 0)
        {
            return;
        }

        page.Element("h3", "What failed, and warnings");
        page.Element("table", () =>
        {
            page.Element("thead", () => page.Element("tr", () =>
            {
                foreach (var name in FailedColumns)
                {
                    page.Element("th", name, ("scope", "col"));
                }
            }));
            page.Element("tbody", () =>
            {
                foreach (var (group, vm, part) in failed)
                {
                    page.Element("tr", () =>
                    {
                        page.Element("td", group);
                        page.Element("td", vm);
                        page.Element("td", part is VroRuntimeStep ? part.Name : string.Empty);
                        page.Element("td", () => page.Element("span", Word(part), ("class", HasFailed(part) ? "tag bad" : "tag doubt")));
                        page.Element("td", string.IsNullOrWhiteSpace(part.Details) ? "nothing" : part.Details);
                    });
                }
            });
        });
    }

    private static void WriteParts(Markup page, VroPlanRuntime runtime, TimeSpan? rto)
    {
        var timeline = VroReportTimeline.Of(runtime, rto);
        page.Element("h3", "Time line");
        if (timeline is null)
        {
            page.Element("p", runtime.IsRunning is true ? "Nothing of the run has ended yet." : "The server tells no times of groups, VMs and steps.");
        }
        else
        {
            page.Element("p", "From the beginning of the run; the numbers in a VM's bar are those of its steps in the table below. Grey: done; hatched: failed; dotted: a warning; dashed outline: not ended. The word and the duration stand behind each bar.", ("class", "lead"));
            foreach (var group in runtime.Groups)
            {
                timeline.Write(page, group);
            }
        }

        page.Element("h3", "Groups, VMs and steps");
        page.Element("table", () =>
        {
            page.Element("thead", () => page.Element("tr", () =>
            {
                foreach (var name in PartColumns)
                {
                    page.Element("th", name, ("scope", "col"));
                }

                page.Element("th", "Duration", ("class", "n"), ("scope", "col"));
            }));
            page.Element("tbody", () =>
            {
                foreach (var group in runtime.Groups)
                {
                    Row(page, group, "group", null, group.Name + (group.ExecutionType is { Length: > 0 } execution ? $" ({execution})" : string.Empty));
                    WriteSteps(page, group.Steps, "in1");
                    foreach (var vm in group.Vms)
                    {
                        Row(page, vm, "vm", "in1", vm.Name + (vm.IsCritical is true ? " (critical)" : string.Empty));
                        WriteSteps(page, vm.Steps, "in2");
                    }
                }
            });
        });
    }

    private static void WriteSteps(Markup page, IReadOnlyList<VroRuntimeStep> steps, string indent)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            Row(page, steps[i], null, indent, string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {steps[i].Name}"));
        }
    }

    private static void Row(Markup page, VroRuntimePart part, string? kind, string? indent, string name)
    {
        page.Element(
            "tr",
            () =>
            {
                page.Element("td", name, ("class", indent));
                page.Element("td", () =>
                {
                    if (HasFailed(part))
                    {
                        page.Element("span", Word(part), ("class", "tag bad"));
                    }
                    else
                    {
                        page.Text(Word(part));
                    }
                });
                page.Element("td", Shown(part.StartTime) ?? string.Empty, ("class", "t"));
                page.Element("td", Shown(part.FinishTime) ?? string.Empty, ("class", "t"));
                page.Element("td", part.Duration is { } took ? Span(took) : string.Empty, ("class", "n"));
            },
            ("class", kind));
        page.Line();
    }

    private static void Fact(Markup page, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            page.Element("dt", name);
            page.Element("dd", value);
        }
    }

    private static string StateOf(VroReportPlan entry)
    {
        var (state, name) = (entry.Runtime.State ?? entry.Plan.State ?? "unknown", entry.Runtime.StateName ?? entry.Plan.StateName);
        return name is { Length: > 0 } && !name.Equals(state, StringComparison.OrdinalIgnoreCase) ? $"{state} ({name})" : state;
    }

    private static string? Shown(DateTime? time)
        => time?.ToString(time.Value.Kind is DateTimeKind.Utc ? "yyyy-MM-dd HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
