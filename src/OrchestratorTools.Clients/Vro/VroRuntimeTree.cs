using System.Globalization;
using System.Text;

namespace OrchestratorTools.Clients.Vro;

/// <summary>Writes a run as an indented text: a line for the plan, each group, VM and step.</summary>
internal static class VroRuntimeTree
{
    private const int NameWidth = 56;

    public static string Write(VroPlanRuntime runtime)
    {
        var text = new StringBuilder();
        Line(text, 0, runtime.Name, runtime.StateName ?? runtime.State, runtime.Result, runtime.Duration, null);
        foreach (var group in runtime.Groups)
        {
            Line(text, 1, group);
            foreach (var step in group.Steps)
            {
                Line(text, 2, step);
            }

            foreach (var vm in group.Vms)
            {
                Line(text, 2, vm);
                foreach (var step in vm.Steps)
                {
                    Line(text, 3, step);
                }
            }
        }

        return text.ToString().TrimEnd();
    }

    private static void Line(StringBuilder text, int level, VroRuntimePart part) => Line(text, level, part.Name, part.State, part.Result, part.Duration, part is VroRuntimeStep ? part.Details : null);

    private static void Line(StringBuilder text, int level, string name, string? state, string? result, TimeSpan? duration, string? details)
    {
        var start = text.Length;
        text.Append(' ', level * 2).Append(name).Append(' ', Math.Max(1, NameWidth - (level * 2) - name.Length));
        text.Append(CultureInfo.InvariantCulture, $"{state,-12} {(VroAssumptions.IsDefinite(result) ? result : string.Empty),-9} {duration?.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture)}");
        if (!string.IsNullOrWhiteSpace(details))
        {
            text.Append("  ").Append(string.Concat(details.Select(c => char.IsControl(c) ? ' ' : c)));
        }

        while (text.Length > start && text[^1] == ' ')
        {
            text.Length--;
        }

        text.Append('\n');
    }
}
