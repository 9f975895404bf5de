namespace OrchestratorTools.Simulator.Faults;

/// <summary>How a trickle is cut into pieces: twenty a second, so that it is seen to move.</summary>
internal static class Pace
{
    private const int PiecesPerSecond = 20;

    public static int Piece(long bytesPerSecond) => (int)Math.Clamp(bytesPerSecond / PiecesPerSecond, 1, 1024 * 1024);

    public static TimeSpan Duration(long bytesPerSecond, int bytes) => TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
}
