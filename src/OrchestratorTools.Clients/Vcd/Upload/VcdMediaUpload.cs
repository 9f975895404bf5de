namespace OrchestratorTools.Clients.Vcd;

/// <summary>An image to upload as media.</summary>
public sealed record VcdMediaUpload : VcdUpload;
