using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace OrchestratorTools.Clients.Vro.Report;

/// <summary>The data of a report as JSON: what is hashed. Line feeds alone, two blanks a level, and none of the characters that mean something in HTML.</summary>
internal static class VroReportData
{
    public static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), MaxDepth = 128 };

    public static string Write(VroReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", "OrchestratorTools.VroPlanReport/1");
            json.WriteString("createdAt", Utc(report.CreatedAt));
            json.WriteString("machine", report.Machine);
            json.WriteString("moduleVersion", report.ModuleVersion);
            WriteSeconds(json, "rtoSeconds", report.Rto);
            json.WriteString("times", "createdAt and readAt are UTC. All other times are the server's own, written as it writes them; the API does not tell their time zone.");
            json.WriteStartArray("plans");
            foreach (var plan in report.Plans)
            {
                Write(json, plan, report.Rto);
            }

            json.WriteEndArray();
            json.WriteStartArray("notRead");
            foreach (var failure in report.Failures)
            {
                json.WriteStartObject();
                json.WriteString("plan", failure.Plan);
                json.WriteString("reason", failure.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return TextOf(stream);
    }

    // The writer ends lines as the system does; the same report must have the same bytes everywhere. A line end inside a text is written as an escape, and stays.
    public static string TextOf(MemoryStream stream) => Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length).Replace("\r\n", "\n", StringComparison.Ordinal);

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time of the server: with a Z where the server named a zone, bare where it did not.</summary>
    public static string? Time(DateTime? time)
        => time?.ToString(time.Value.Kind is DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, VroReportPlan entry, TimeSpan? rto)
    {
        var (plan, runtime) = (entry.Plan, entry.Runtime);
        json.WriteStartObject();
        json.WriteString("server", entry.Server);
        json.WriteString("apiVersion", entry.ApiVersion);
        json.WriteString("readBy", entry.ReadBy);
        json.WriteString("readAt", Utc(entry.ReadAt));
        json.WriteString("id", plan.Id);
        json.WriteString("name", plan.Name);
        json.WriteString("type", plan.Type);
        json.WriteString("description", plan.Description);
        json.WriteString("scope", plan.ScopeName);
        json.WriteString("recoveryLocation", plan.RecoveryLocationName);
        json.WriteString("mode", runtime.Mode ?? plan.Mode);
        json.WriteString("verificationState", runtime.VerificationState ?? plan.VerificationState);
        json.WriteString("state", runtime.State ?? plan.State);
        json.WriteString("stateName", runtime.StateName ?? plan.StateName);
        json.WriteString("lastStableState", runtime.LastStableState ?? plan.LastStableState);
        json.WriteString("previousExecutionState", runtime.PreviousExecutionState ?? plan.PreviousExecutionState);
        json.WriteString("runResult", runtime.Result);
        json.WriteString("resultName", runtime.ResultName);
        json.WriteString("checkResult", runtime.CheckResult ?? plan.CheckResult);
        json.WriteString("testResult", runtime.TestResult ?? plan.TestResult);
        json.WriteBoolean("hasRuntimeDetails", runtime.HasDetails);
        Write(json, "isRunning", runtime.IsRunning);
        json.WriteString("startTime", Time(runtime.StartTime));
        json.WriteString("finishTime", Time(runtime.FinishTime));
        WriteSeconds(json, "durationSeconds", runtime.Duration);
        Write(json, "keptRto", entry.Kept(rto));
        json.WriteString("startedBy", VroAssumptions.FindStarter(runtime.AdditionalProperties));
        json.WriteString("startedFrom", VroAssumptions.FindStarterAddress(runtime.AdditionalProperties));
        json.WriteStartArray("groups");
        foreach (var group in runtime.Groups)
        {
            BeginPart(json, group);
            json.WriteString("type", group.Type);
            json.WriteString("executionType", group.ExecutionType);
            WriteSteps(json, group.Steps);
            json.WriteStartArray("vms");
            foreach (var vm in group.Vms)
            {
                BeginPart(json, vm);
                Write(json, "isCritical", vm.IsCritical);
                WriteSteps(json, vm.Steps);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<VroRuntimeStep> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            BeginPart(json, step);
            json.WriteString("actionType", step.ActionType);
            Write(json, "requiredForSuccess", step.RequiredForSuccess);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void BeginPart(Utf8JsonWriter json, VroRuntimePart part)
    {
        json.WriteStartObject();
        json.WriteString("id", part.Id);
        json.WriteString("name", part.Name);
        json.WriteString("state", part.State);
        json.WriteString("result", part.Result);
        json.WriteString("startTime", Time(part.StartTime));
        json.WriteString("finishTime", Time(part.FinishTime));
        WriteSeconds(json, "durationSeconds", part.Duration);
        json.WriteString("details", part.Details);
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan? span)
    {
        if (span is { } value)
        {
            json.WriteNumber(name, Math.Round(value.TotalSeconds, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } said)
        {
            json.WriteBoolean(name, said);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
