using System.Management.Automation;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Pipeline;

/// <summary>The one place where an exception becomes an error record: stable id, category, target, and what to do.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a client's exception.</summary>
    public static ErrorRecord From(OrchestratorApiException exception, object? target)
    {
        var record = new ErrorRecord(exception, exception.ErrorId, CategoryOf(exception.Kind), target ?? exception.Uri);
        if (exception.RecommendedAction is { } action)
        {
            record.ErrorDetails = new ErrorDetails(exception.Message + " " + action) { RecommendedAction = action };
        }

        return record;
    }

    /// <summary>The record of a parameter whose value cannot be: names the parameter, the value and what would be right.</summary>
    public static ErrorRecord BadParameter(string prefix, string parameter, object? value, string wanted)
        => new(new ArgumentException($"-{parameter} '{value}': {wanted}"), $"{prefix}.BadParameter", ErrorCategory.InvalidArgument, value);

    /// <summary>The category that fits a kind.</summary>
    internal static ErrorCategory CategoryOf(OrchestratorErrorKind kind) => kind switch
    {
        OrchestratorErrorKind.Validation => ErrorCategory.InvalidArgument,
        OrchestratorErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        OrchestratorErrorKind.Ambiguous => ErrorCategory.InvalidArgument,
        OrchestratorErrorKind.Authentication => ErrorCategory.AuthenticationError,
        OrchestratorErrorKind.Permission => ErrorCategory.PermissionDenied,
        OrchestratorErrorKind.WrongState => ErrorCategory.InvalidOperation,
        OrchestratorErrorKind.Conflict => ErrorCategory.ResourceExists,
        OrchestratorErrorKind.RateLimited => ErrorCategory.LimitsExceeded,
        OrchestratorErrorKind.OutcomeUnknown => ErrorCategory.InvalidResult,
        OrchestratorErrorKind.ConnectionMismatch => ErrorCategory.InvalidArgument,
        OrchestratorErrorKind.Timeout => ErrorCategory.OperationTimeout,
        OrchestratorErrorKind.Protocol => ErrorCategory.ProtocolError,
        OrchestratorErrorKind.Unreachable => ErrorCategory.ConnectionError,
        OrchestratorErrorKind.Certificate => ErrorCategory.SecurityError,
        OrchestratorErrorKind.ServerError => ErrorCategory.InvalidResult,
        OrchestratorErrorKind.Failed => ErrorCategory.InvalidResult,
        OrchestratorErrorKind.Incomplete => ErrorCategory.LimitsExceeded,
        OrchestratorErrorKind.LocalFile => ErrorCategory.ReadError,
        _ => ErrorCategory.NotSpecified,
    };
}
