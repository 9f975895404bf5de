using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>Cuts a client's connection below TLS and HTTP, the two ways that TCP has.</summary>
internal static class ConnectionCut
{
    /// <summary>What was written needs a moment to leave the server's buffers: a reset throws away what is still in them.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan PeerCloses = TimeSpan.FromSeconds(3);

    /// <summary>Lets everything that was written reach the wire.</summary>
    public static Task SettleAsync() => Task.Delay(Settling);

    /// <summary>RST: the client sees "connection reset by peer".</summary>
    public static void Reset(HttpContext context)
    {
        if (SocketOf(context) is { } socket)
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close(0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The client was faster: there is nothing left to reset.
            }
        }

        context.Abort();
    }

    /// <summary>
    /// FIN without an answer: the client sees the end of the stream. The socket is held until the client closes too, because closing it earlier could turn into a reset.
    /// </summary>
    public static async Task CloseAsync(HttpContext context)
    {
        if (SocketOf(context) is { } socket)
        {
            try
            {
                socket.Shutdown(SocketShutdown.Send);
                await Task.Delay(PeerCloses, context.RequestAborted);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The client has closed as well, which is what was waited for.
            }
        }

        context.Abort();
    }

    private static Socket? SocketOf(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()?.Socket;
}
