BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ EdgeCount = 60 }
    $velo = $simulator.VeloCloud

    # Connects as one of the simulator's users, under the name of the tier.
    function Connect-Tier {
        param([string] $Tier)
        $user = $velo.Users | Where-Object Tier -EQ $Tier
        $parameters = @{ Server = $velo.Server; Credential = $user.Credential; Operator = $Tier -eq 'operator'; ServerCertificateThumbprint = $velo.CertificateThumbprint; NoProxy = $true; Name = $Tier; NotDefault = $Tier -ne 'customer' }
        Connect-VeloCloud @parameters
    }

    # The requests that reached the server, oldest first: method and body.
    function Get-Call {
        param([string] $Method)
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud | ForEach-Object {
                $name = $_.Path -replace '^/portal/rest/'
                if (-not $Method -or $name -eq $Method) { [pscustomobject]@{ Method = $name; Query = $_.Query; Body = if ($_.Body) { ConvertFrom-Json $_.Body } } }
            })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches.ListItemText
    }

    # The parameters that say which enterprise is meant, for each tier: a customer's own needs no saying.
    $scope = @{
        customer = @{ Connection = 'customer' }
        partner  = @{ Connection = 'partner'; Enterprise = 'Globex' }
        operator = @{ Connection = 'operator'; Enterprise = 'Acme' }
    }
    $enterpriseOf = @{ customer = 'Acme'; partner = 'Globex'; operator = 'Acme' }
    $null = 'customer', 'partner', 'operator' | ForEach-Object { Connect-Tier $_ }
    $edges = @{}
    foreach ($tier in 'customer', 'partner', 'operator') {
        $arguments = $scope[$tier]
        $edges[$tier] = @(Get-VeloCloudEdge @arguments -State CONNECTED)
    }
}

AfterAll {
    Get-OrchestratorConnection -System VeloCloud | Disconnect-VeloCloud
    Stop-OrchestratorSimulator $simulator
}

Describe 'As <_>' -ForEach 'customer', 'partner', 'operator' {
    BeforeAll {
        $tier = $_
        $arguments = $scope[$tier]
        $edge = $edges[$tier][0]
        Clear-Log
    }

    It 'Get-VeloCloudLink gets the links of an enterprise, of edges by the pipeline and by name' {
        $all = @(Get-VeloCloudLink @arguments)
        $all.Count | Should -BeGreaterThan 10
        @($all.Id | Sort-Object -Unique).Count | Should -Be $all.Count
        $all.EnterpriseName | Sort-Object -Unique | Should -Be $enterpriseOf[$tier]
        $all.Connection | Sort-Object -Unique | Should -Be $tier
        (Get-Call enterprise/getEnterpriseEdges)[-1].Body.with | Should -Be recentLinks
        $ever = @(Get-VeloCloudLink @arguments -All)
        $ever.Count | Should -BeGreaterThan $all.Count
        (Get-Call enterprise/getEnterpriseEdges)[-1].Body.with | Should -Be links
        # The state of a link that was not seen for long is a number at the server.
        @($ever | Where-Object State -EQ '0').Count | Should -Be ($ever.Count - $all.Count)
        @(Get-VeloCloudLink @arguments -All -State 0).Count | Should -Be ($ever.Count - $all.Count)

        $piped = @($edge | Get-VeloCloudLink)
        $piped.Id | Should -Be @($all | Where-Object EdgeId -EQ $edge.Id).Id
        $piped.EdgeName | Sort-Object -Unique | Should -Be $edge.Name
        @(Get-VeloCloudLink @arguments -Edge ([WildcardPattern]::Escape($edge.Name)) -State stable).Id | Should -Be @($piped | Where-Object State -EQ STABLE).Id
    }

    It 'Get-VeloCloudLinkStatus asks once for an enterprise, and once for all its edges' {
        Clear-Log
        $all = @(Get-VeloCloudLinkStatus @arguments)
        $all.EnterpriseName | Sort-Object -Unique | Should -Be $enterpriseOf[$tier]
        $sent = Get-Call monitoring/getEnterpriseEdgeLinkStatus
        $sent.Count | Should -Be 1
        if ($tier -eq 'customer') { $sent.Body.PSObject.Properties.Name | Should -Not -Contain enterprises } else { $sent.Body.enterprises | Should -Be $all[0].EnterpriseId }
        Clear-Log
        $some = @($edges[$tier] | Select-Object -First 4 | Get-VeloCloudLinkStatus)
        $some.LinkId | Should -Be @($all | Where-Object EdgeId -In $edges[$tier][0..3].Id).LinkId
        (Get-Call monitoring/getEnterpriseEdgeLinkStatus).Count | Should -Be 1
        @(Get-VeloCloudLinkStatus @arguments -State DISC*).Count | Should -Be @($all | Where-Object State -EQ DISCONNECTED).Count
    }

    It 'Get-VeloCloudEdgeStatus gets numbers of edges, now and then' {
        $all = @(Get-VeloCloudEdgeStatus @arguments)
        $all.EdgeId | Should -Contain $edge.Id
        $all[0].CpuPercent | Should -BeOfType [double]
        $all[0].CpuPercent | Should -BeGreaterThan 0
        $one = $edge | Get-VeloCloudEdgeStatus
        $one.EdgeId | Should -Be $edge.Id
        $one.MemoryPercent | Should -Be ($all | Where-Object EdgeId -EQ $edge.Id).MemoryPercent
        Clear-Log
        $then = [DateTimeOffset]::UtcNow.AddDays(-1)
        Get-VeloCloudEdgeStatus @arguments -Edge $edge.Id -Time $then | ForEach-Object EdgeName | Should -Be $edge.Name
        $body = (Get-Call monitoring/getEnterpriseEdgeStatus)[0].Body
        $body.edgeIds | Should -Be $edge.Id
        [Math]::Abs(([DateTimeOffset]$body.time - $then).TotalMilliseconds) | Should -BeLessOrEqual 1
        { Get-VeloCloudEdgeStatus @arguments -Time ([DateTimeOffset]::Now.AddHours(1)) } | Should -Throw -ErrorId 'VeloCloud.BadParameter,*'
    }

    It 'Get-VeloCloudBgpSession gets sessions of edges and gateways, and of an edge only its own' {
        $all = @(Get-VeloCloudBgpSession @arguments)
        @($all | Where-Object GatewayName).Count | Should -Be 2
        $ofEdge = @($all | Where-Object EdgeId)
        if ($tier -ne 'partner') {
            # None of the partner's edges speaks BGP.
            $ofEdge[0].NeighborAS | Should -Match '^\d+$'
            @(Get-VeloCloudBgpSession @arguments -Edge $ofEdge[0].EdgeId).Id | Should -Be $ofEdge[0].Id
            @($ofEdge | Select-Object -First 2 | Get-VeloCloudBgpSession).Id | Should -Be $ofEdge[0..1].Id
        }
        @(Get-VeloCloudBgpSession @arguments -State ESTAB*).Count | Should -Be @($all | Where-Object State -EQ ESTABLISHED).Count
    }

    It 'Get-VeloCloudTunnel gets tunnels to services, and with -Peer the other ends' {
        $all = @(Get-VeloCloudTunnel @arguments)
        $all.Count | Should -BeGreaterThan 0
        $all[0].ServiceName | Should -Not -BeNullOrEmpty
        @(Get-VeloCloudTunnel @arguments -Edge $all[0].EdgeId).Id | Should -Be $all[0].Id
        @(Get-VeloCloudTunnel @arguments -State $all[0].State).Id | Should -Contain $all[0].Id
        $peers = @($edge | Get-VeloCloudTunnel -Peer)
        $peers.Type | Should -Contain GATEWAY
        $peers[0].EdgeName | Should -Be $edge.Name
        Get-VeloCloudTunnel @arguments -Peer -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Validation,OrchestratorTools.VeloCloud.GetVeloCloudTunnelCommand'
    }

    It 'Get-VeloCloudGateway shows gateways to those above customers' {
        $names = @(Get-VeloCloudGateway -Connection $tier -ErrorVariable failed -ErrorAction SilentlyContinue).Name
        switch ($tier) {
            customer {
                $names | Should -BeNullOrEmpty
                $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Permission,*'
            }
            partner { $names | Should -Be 'vcg22-london' }
            operator {
                $names.Count | Should -Be 4
                (Get-VeloCloudGateway *london, 'vcg23-ashburn' -Connection operator).Name | Should -Be 'vcg22-london', 'vcg23-ashburn'
                (Get-VeloCloudGateway -State QUIESCED -Connection operator).Name | Should -Be 'vcg24-singapore'
                Get-VeloCloudGateway nosuch -Connection operator -ErrorVariable missing -ErrorAction SilentlyContinue
                $missing[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
                Get-Completion 'Get-VeloCloudGateway -Connection operator -Name vcg2' | Should -Contain 'vcg21-frankfurt'
            }
        }
    }

    It 'Get-VeloCloudClientDevice gets devices from APIv2, one list for all edges' {
        $all = @(Get-VeloCloudClientDevice @arguments)
        $all.Count | Should -BeGreaterThan 20
        Clear-Log
        $some = @($edges[$tier] | Select-Object -First 3 | Get-VeloCloudClientDevice)
        $some.Count | Should -Be 15
        $some.EdgeName | Sort-Object -Unique | Should -Be ($edges[$tier][0..2].Name | Sort-Object)
        @(Get-Call | Where-Object Method -Like '*clientDevices').Count | Should -Be 1
        $named = $all | Where-Object HostName | Select-Object -First 1
        (Get-VeloCloudClientDevice ([WildcardPattern]::Escape($named.HostName)) @arguments).LogicalId | Should -Be $named.LogicalId
        Get-VeloCloudClientDevice nosuch @arguments -ErrorVariable missing -ErrorAction SilentlyContinue
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
    }

    It 'Get-VeloCloudAlertConfiguration and Set- read and change what an enterprise is alerted of' {
        $all = @(Get-VeloCloudAlertConfiguration @arguments)
        $all.EnterpriseName | Sort-Object -Unique | Should -Be $enterpriseOf[$tier]
        $before = Get-VeloCloudAlertConfiguration EDGE_DOWN @arguments
        Clear-Log
        Set-VeloCloudAlertConfiguration EDGE_DOWN @arguments -Disable -FirstNotificationSeconds 77 -WhatIf
        Get-Call enterprise/insertOrUpdateEnterpriseAlertConfigurations | Should -BeNullOrEmpty
        $after = Set-VeloCloudAlertConfiguration EDGE_DOWN @arguments -Disable -FirstNotificationSeconds 77 -PassThru
        $after.Enabled | Should -BeFalse
        $after.FirstNotificationSeconds | Should -Be 77
        $after.NotificationIntervalSeconds | Should -Be $before.NotificationIntervalSeconds
        $after.EnterpriseName | Should -Be $enterpriseOf[$tier]
        # One request, with the whole of what was read.
        $sent = Get-Call enterprise/insertOrUpdateEnterpriseAlertConfigurations
        $sent.Count | Should -Be 1
        $sent.Body.enterpriseAlertConfigurations[0].alertDefinitionId | Should -Be $before.DefinitionId
        $sent.Body.enterpriseAlertConfigurations[0].id | Should -Be $before.Id
        (Get-VeloCloudAlertConfiguration EDGE_DOWN @arguments).FirstNotificationSeconds | Should -Be 77
        $again = Get-VeloCloudAlertConfiguration EDGE_DOWN @arguments | Set-VeloCloudAlertConfiguration -Enable -FirstNotificationSeconds 180 -PassThru
        $again.Enabled | Should -BeTrue
        $again.Connection | Should -Be $tier
        Set-VeloCloudAlertConfiguration nosuch @arguments -Enable -ErrorVariable missing -ErrorAction SilentlyContinue
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
        { Set-VeloCloudAlertConfiguration EDGE_DOWN @arguments } | Should -Throw -ErrorId 'VeloCloud.BadParameter,*'
    }

    It 'Get-VeloCloudEvent gets the events of an enterprise and of an edge' {
        $all = @(Get-VeloCloudEvent @arguments -Start ([DateTimeOffset]::Now.AddHours(-3)))
        $all.Count | Should -BeGreaterThan 50
        @($all.Id | Sort-Object -Unique).Count | Should -Be $all.Count
        $all.EnterpriseName | Sort-Object -Unique | Should -Be $enterpriseOf[$tier]
        for ($i = 1; $i -lt $all.Count; $i++) { $all[$i].Time | Should -BeLessOrEqual $all[$i - 1].Time }
        $ofEdge = @($edge | Get-VeloCloudEvent -Start ([DateTimeOffset]::Now.AddDays(-2)))
        $ofEdge.Count | Should -BeGreaterThan 0
        $ofEdge.EdgeName | Sort-Object -Unique | Should -Be $edge.Name
        $ofEdge[0].Detail.edgeId | Should -Be $edge.Id
    }

    It 'Get-VeloCloudEvent reads the log of the account''s own tier where nothing is named' {
        Clear-Log
        $own = @(Get-VeloCloudEvent -Connection $tier -First 5)
        $own.Count | Should -Be 5
        $method = @{ customer = 'event/getEnterpriseEvents'; partner = 'event/getProxyEvents'; operator = 'event/getOperatorEvents' }[$tier]
        $sent = Get-Call $method
        $sent.Count | Should -Be 1
        $sent.Body.filter.limit | Should -Be 5
        if ($tier -eq 'operator') {
            @(Get-VeloCloudEvent -Connection operator -Log Partner -First 2).Count | Should -Be 2
            Get-VeloCloudEvent -Connection operator -Log Enterprise -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Validation,*'
        }
        { Get-VeloCloudEvent @arguments -Enterprise Acme -Log Operator } | Should -Throw
    }

    It 'Get-VeloCloudAlert gets alerts of an enterprise and of an edge' {
        $start = [DateTimeOffset]::Now.AddDays(-5)
        $all = @(Get-VeloCloudAlert @arguments -Start $start)
        $all.Count | Should -BeGreaterThan 100
        @($all.Id | Sort-Object -Unique).Count | Should -Be $all.Count
        $some = $all | Where-Object EdgeName | Select-Object -First 1
        @(Get-VeloCloudAlert @arguments -Edge $some.EdgeId -Start $start).Id | Should -Be @($all | Where-Object EdgeId -EQ $some.EdgeId).Id
        @(Get-VeloCloudAlert @arguments -Start $start -Type LINK_* -State CLOSED -First 3).Id | Should -Be @($all | Where-Object { $_.Type -like 'LINK_*' -and $_.State -eq 'CLOSED' } | Select-Object -First 3).Id
    }

    It 'Get-VeloCloudFirewallLog gets lines of an enterprise and of an edge' {
        $all = @(Get-VeloCloudFirewallLog @arguments -Start ([DateTimeOffset]::Now.AddHours(-2)))
        $all.Count | Should -BeGreaterThan 100
        $all[0].RuleName | Should -BeIn 'AllowAny', 'No telnet'
        @(Get-VeloCloudFirewallLog @arguments -Start $all[-1].Time -End $all[0].Time -Type DENY).Id | Should -Be @($all | Where-Object Type -EQ DENY).Id
        @(Get-VeloCloudFirewallLog @arguments -Start $all[-1].Time -End $all[0].Time -SourceIp $all[0].SourceIp).SourceIp | Sort-Object -Unique | Should -Be $all[0].SourceIp
        $lines = @(Get-VeloCloudFirewallLog @arguments -Edge $all[0].EdgeId -First 4)
        $lines.EdgeId | Sort-Object -Unique | Should -Be $all[0].EdgeId
        (Get-Call firewall/getEnterpriseFirewallLogs)[-1].Body.edges | Should -Be $all[0].EdgeId
    }

    It 'Get-VeloCloudMetric gets sums and series by <_>' -ForEach 'Link', 'App', 'Category', 'Destination', 'Device', 'Os', 'Segment', 'Health', 'Path', 'Status', 'Quality' {
        $by = $_
        $start = [DateTimeOffset]::UtcNow.AddHours(-3)
        $end = [DateTimeOffset]::UtcNow.AddMinutes(-20)
        $sums = @($edge | Get-VeloCloudMetric $by -Start $start -End $end)
        $sums.Count | Should -BeGreaterThan 0
        $sums[0].By | Should -Be $by
        $sums[0].EdgeName | Should -Be $edge.Name
        $sums[0].Name | Should -Not -BeNullOrEmpty
        $sums[0].Value.Count | Should -BeGreaterThan 0
        $sums[0].Connection | Should -Be $tier
        $series = @($edge | Get-VeloCloudMetric $by -Series -Start $start -End $end)
        $series.Count | Should -BeGreaterThan 20
        ($series[0].End - $series[0].Start).TotalMinutes | Should -Be 5
        if ($by -in 'Link', 'App', 'Os', 'Segment') {
            # The samples add up to the sum.
            $one = $sums[0]
            $samples = @($series | Where-Object { if ($by -eq 'Os') { $_.Name -eq $one.Name } else { $_.Id -eq $one.Id } })
            ($samples | Measure-Object BytesRx -Sum).Sum | Should -Be $one.BytesRx
        }
        if ($by -notin 'Health', 'Path', 'Status', 'Quality') {
            $whole = @(Get-VeloCloudMetric $by @arguments -Start $start -End $end)
            $whole.Count | Should -BeGreaterOrEqual $sums.Count
            $whole[0].EnterpriseName | Should -Be $enterpriseOf[$tier]
            if ($by -in 'App', 'Category') { $whole.Name | Should -Not -Match '^\d+$' }
        }
        else {
            Get-VeloCloudMetric $by @arguments -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Validation,*'
        }
    }
}

Describe 'The logs' {
    It 'come whole over many pages, with equal times and while new ones come' {
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/events' @{ intervalSeconds = 60; burst = 7; days = 2; live = $true }
        try {
            $end = [DateTimeOffset]::UtcNow.AddMinutes(-1)
            $start = $end.AddHours(-20)
            Clear-Log
            $seen = [Collections.Generic.HashSet[long]]::new()
            $count = 0
            Get-VeloCloudEvent -Start $start -End $end | ForEach-Object {
                if (++$count % 2000 -eq 0) { $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/event' @{ enterprise = 'Acme'; count = 5 } }
                $null = $seen.Add($_.Id)
            }
            $count | Should -Be $seen.Count
            # Every minute of the interval has its seven.
            $first = [Math]::Ceiling($start.ToUnixTimeMilliseconds() / 60000)
            $last = [Math]::Floor($end.ToUnixTimeMilliseconds() / 60000)
            $count | Should -BeGreaterOrEqual (($last - $first + 1) * 7)
            $count | Should -BeLessThan ((($last - $first + 1) * 7) + 200)
            $sent = Get-Call event/getEnterpriseEvents
            $sent.Count | Should -BeGreaterThan 3
            $sent.Count | Should -BeLessOrEqual ([Math]::Ceiling($count / 2041) + 2)
            $sent[1].Body.interval.end | Should -BeLessThan $sent[0].Body.interval.end
        }
        finally {
            $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/events' @{ intervalSeconds = 600; burst = 3; days = 14 }
        }
    }

    It 'ask APIv2 for an instant of an enterprise that no page holds' {
        $time = [DateTimeOffset]::UtcNow.AddMinutes(-30).ToString('yyyy-MM-ddTHH:mm:ss.123Z')
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/event' @{ enterprise = 'Acme'; count = 5000; time = $time; name = 'FLOOD' }
        Clear-Log
        $all = @(Get-VeloCloudEvent -Start ([DateTimeOffset]::UtcNow.AddHours(-2)))
        @($all | Where-Object Type -EQ FLOOD).Count | Should -Be 5000
        @($all | Where-Object Id).Count | Should -Be @($all | Where-Object Id | Sort-Object Id -Unique).Count
        @(Get-Call | Where-Object Method -Like '/api/sdwan/v2/*/events').Count | Should -Be 3
    }

    It 'name the instant of a partner''s or operator''s log that no page holds, after all that is newer' {
        $time = [DateTimeOffset]::UtcNow.AddMinutes(-30).ToString('yyyy-MM-ddTHH:mm:ss.500Z')
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/event' @{ count = 5000; time = $time; name = 'FLOOD' }
        $newer = @(Get-VeloCloudEvent -Connection operator -Start ([DateTimeOffset]::UtcNow.AddHours(-2)) -ErrorVariable failed -ErrorAction SilentlyContinue)
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Incomplete,OrchestratorTools.VeloCloud.GetVeloCloudEventCommand'
        "$($failed[0])" | Should -BeLike "*$time*"
        $newer.Count | Should -BeGreaterThan 5
        @($newer | Where-Object Time -LE ([DateTimeOffset]$time)) | Should -BeNullOrEmpty
        # What the error advises.
        @(Get-VeloCloudEvent -Connection operator -Start ([DateTimeOffset]::UtcNow.AddHours(-2)) -End ([DateTimeOffset]$time).AddMilliseconds(-1)).Count | Should -BeGreaterThan 5
        @(Get-VeloCloudEvent -Connection operator -Start ([DateTimeOffset]::UtcNow.AddHours(-2)) -Type GATEWAY_DOWN).Count | Should -BeGreaterThan 1
    }

    It 'choose at the server where whole words are given, and here where they are patterns' {
        Clear-Log
        $exact = @(Get-VeloCloudEvent -Severity alert -Type edge_down, LINK_DEAD -First 4)
        $sent = Get-Call event/getEnterpriseEvents
        ($sent[0].Body.filter.rules | ConvertTo-Json -Compress -Depth 4) | Should -Be '[{"field":"severity","op":"is","values":["ALERT"]},{"field":"event","op":"in","values":["EDGE_DOWN","LINK_DEAD"]}]'
        Clear-Log
        $pattern = @(Get-VeloCloudEvent -Severity AL* -Type EDGE_D*, LINK_DEA? -First 4)
        (Get-Call event/getEnterpriseEvents)[0].Body.filter.PSObject.Properties.Name | Should -Be limit
        $pattern.Id | Should -Be $exact.Id
    }

    It 'survive an end of the pipeline, a broken page and an expired session' {
        Clear-Log
        @(Get-VeloCloudEvent -Start ([DateTimeOffset]::UtcNow.AddDays(-9)) -End ([DateTimeOffset]::UtcNow.AddHours(-2)) | Select-Object -First 10).Count | Should -Be 10
        (Get-Call event/getEnterpriseEvents).Count | Should -Be 1
        $null = Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud -Kind ResetResponse -Path '*/getEnterpriseEvents' -Bytes 3000 -Count 1
        $null = Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud -Kind ExpireSessions -Path '*/getEnterpriseEvents' -Skip 1 -Count 1
        $start = [DateTimeOffset]::UtcNow.AddDays(-9)
        $end = [DateTimeOffset]::UtcNow.AddDays(-1)
        $broken = @(Get-VeloCloudEvent -Start $start -End $end)
        Clear-OrchestratorSimulatorFault -Simulator $simulator
        $broken.Id | Should -Be @(Get-VeloCloudEvent -Start $start -End $end).Id
    }

    It 'refuse an interval that cannot be before anything is sent: <Name>' -ForEach @(
        @{ Name = 'it ends before it starts'; Start = -1; End = -2; Said = '*ends (-End*before it starts*' }
        @{ Name = 'it lies in the future'; Start = 1; End = 2; Said = '*lies in the future*' }
    ) {
        foreach ($command in 'Get-VeloCloudEvent', 'Get-VeloCloudAlert', 'Get-VeloCloudFirewallLog', 'Get-VeloCloudMetric') {
            $more = if ($command -eq 'Get-VeloCloudMetric') { @{ By = 'Link' } } else { @{} }
            Clear-Log
            $failure = { & $command @more -Start ([DateTimeOffset]::Now.AddHours($Start)) -End ([DateTimeOffset]::Now.AddHours($End)) } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Validation,*'
            "$failure" | Should -BeLike $Said
            Get-Call | Should -BeNullOrEmpty
        }
    }
}

Describe 'Statistics' {
    BeforeAll {
        $edge = $edges.customer[0]
    }

    It 'end ten minutes ago where nothing is said, and warn where newer ones are wanted' {
        Clear-Log
        $null = Get-VeloCloudMetric Link -Edge $edge -WarningVariable warned -WarningAction SilentlyContinue
        $interval = (Get-Call metrics/getEdgeLinkMetrics)[0].Body.interval
        $end = [DateTimeOffset]::FromUnixTimeMilliseconds($interval.end)
        ([DateTimeOffset]::UtcNow - $end).TotalMinutes | Should -BeGreaterOrEqual 10
        ([DateTimeOffset]::UtcNow - $end).TotalMinutes | Should -BeLessThan 11
        ($interval.end - $interval.start) | Should -Be 43200000
        $warned | Should -BeNullOrEmpty
        $null = Get-VeloCloudMetric Link -Edge $edge -End ([DateTimeOffset]::UtcNow) -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
        { Get-VeloCloudMetric Link -Edge $edge -Start ([DateTimeOffset]::UtcNow.AddMinutes(-5)) } | Should -Throw '*Without -End statistics end ten minutes ago*'
    }

    It 'cut a long interval into pieces that add up' {
        $end = [DateTimeOffset]::UtcNow.AddHours(-1)
        $start = $end.AddDays(-5)
        Clear-Log
        $series = @(Get-VeloCloudMetric Link -Edge $edge -Series -Metric bytesRx -Start $start -End $end)
        $sent = Get-Call metrics/getEdgeLinkSeries
        $sent.Count | Should -Be 3
        $sent[1].Body.interval.start | Should -Be ($sent[0].Body.interval.end + 1)
        $sent[2].Body.interval.start | Should -Be ($sent[1].Body.interval.end + 1)
        $ids = @($series.Id | Sort-Object -Unique)
        $series.Count | Should -Be ($ids.Count * 1440)
        @($series | Group-Object Id, Start | Where-Object Count -GT 1) | Should -BeNullOrEmpty
        Clear-Log
        $sums = @(Get-VeloCloudMetric Link -Edge $edge -Metric bytesRx -Start $start -End $end)
        (Get-Call metrics/getEdgeLinkMetrics).Count | Should -Be 1
        foreach ($sum in $sums) { ($series | Where-Object Id -EQ $sum.Id | Measure-Object BytesRx -Sum).Sum | Should -Be $sum.BytesRx }

        # Longer than the server is asked for at once: the parts are put together again.
        $before = $end.AddDays(-20)
        Clear-Log
        $long = @(Get-VeloCloudMetric Link -Edge $edge -Metric bytesRx, bestLatencyMsRx -Start $before -End $end)
        (Get-Call metrics/getEdgeLinkMetrics).Count | Should -Be 2
        $long.Count | Should -Be $sums.Count
        $long[0].Start | Should -Be $before.AddTicks(-($before.Ticks % 10000))
        $parts = foreach ($days in 0, 10) { Get-VeloCloudMetric Link -Edge $edge -Metric bytesRx -Start $before.AddDays($days) -End $before.AddDays($days + 10).AddMilliseconds($days ? 0 : -1) }
        ($parts | Where-Object Id -EQ $long[0].Id | Measure-Object BytesRx -Sum).Sum | Should -Be $long[0].BytesRx
        $long[0].BestLatencyMsRx | Should -BeGreaterThan 5
        $long[0].BestLatencyMsRx | Should -BeLessThan 96
    }

    It 'ask for the names of applications once a connection' {
        $null = Connect-VeloCloud $velo.Server -Credential $velo.Credential -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name fresh -NotDefault
        Clear-Log
        $null = $edges.customer[0..2].Id | ForEach-Object { Get-VeloCloudMetric App -Edge $_ -Connection fresh }
        $null = Get-VeloCloudMetric Category -Edge $edges.customer[0].Id -Connection fresh
        (Get-Call configuration/getIdentifiableApplications).Count | Should -Be 1
        Disconnect-VeloCloud fresh
    }

    It 'show numbers as they are, and the least and the greatest of what has some' {
        $status = Get-VeloCloudMetric Status -Edge $edge
        $status.CpuPctMin | Should -BeLessOrEqual $status.CpuPct
        $status.CpuPctMax | Should -BeGreaterOrEqual $status.CpuPct
        (Get-VeloCloudMetric Health -Edge $edge).CpuPct | Should -Be $status.CpuPct
        $link = @(Get-VeloCloudMetric Link -Edge $edge)[0]
        $link.BytesRx | Should -BeOfType [long]
        $link.BestLatencyMsRx.GetType().Name | Should -BeIn 'Double', 'Int64'
        $link.Value.bytesrx | Should -Be $link.BytesRx
    }

    It 'refuse a metric that there is not before anything is sent, and complete those that there are' {
        Clear-Log
        { Get-VeloCloudMetric App -Edge $edge -Metric cpuPct } | Should -Throw '*-By App has bytesRx*'
        Get-Call | Should -BeNullOrEmpty
        @(Get-VeloCloudMetric Link -Edge $edge -Metric BYTESRX)[0].Value.Keys | Should -Be BytesRx
        Get-Completion 'Get-VeloCloudMetric Status -Metric cpu' | Should -Be 'cpuCoreTemp', 'cpuPct'
        Get-Completion 'Get-VeloCloudMetric -By Qu' | Should -Be Quality
        Get-Completion 'Get-VeloCloudEvent -Severity ER' | Should -Be ERROR
        Get-Completion 'Set-VeloCloudAlertConfiguration -Name EDGE_D' | Should -Be EDGE_DOWN
    }
}

Describe 'The pipeline' {
    It 'takes enterprises as enterprises, edges as edges and texts as edges'' names' {
        Clear-Log
        $ofAll = @(Get-VeloCloudEnterprise -Connection operator | Get-VeloCloudLinkStatus)
        (Get-Call monitoring/getEnterpriseEdgeLinkStatus).Count | Should -Be 4
        @($ofAll.EnterpriseName | Sort-Object -Unique).Count | Should -Be 4
        @('branch-0000' | Get-VeloCloudLinkStatus).EdgeName | Sort-Object -Unique | Should -Be 'branch-0000'
        @(Get-VeloCloudLink -Edge branch-0000 | Select-Object -First 1 | Get-VeloCloudEvent -First 1).EdgeName | Should -Be 'branch-0000'
        # What another process wrote down.
        $copy = Get-VeloCloudEdge branch-0000 | Select-Object Id, Name, EnterpriseId
        @($copy | Get-VeloCloudLinkStatus).EdgeName | Sort-Object -Unique | Should -Be 'branch-0000'
    }

    It 'refuses what is neither' {
        Clear-Log
        Get-VeloCloudGateway vcg22* -Connection operator | Get-VeloCloudEvent -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Validation,*'
        (Get-Call event/getEnterpriseEvents) + (Get-Call event/getOperatorEvents) | Should -BeNullOrEmpty
    }

    It 'goes on after an edge that there is not' {
        $found = @('nosuch', 'branch-0000' | Get-VeloCloudLinkStatus -ErrorVariable failed -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 2
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
    }

    It 'goes on after an enterprise that fails' {
        $null = Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud -Kind Status -Status 400 -Path '*/getEnterpriseEvents' -Body '{"error":{"code":-32603,"message":"Permission denied for this request"}}' -Count 1
        $found = @(Get-VeloCloudEvent -Enterprise Acme, Globex -Connection operator -First 1 -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue)
        Clear-OrchestratorSimulatorFault -Simulator $simulator
        $found.EnterpriseName | Should -Be Globex
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Permission,*'
    }

    It 'does not act at one server on what came from another' {
        { $edges.operator[0] | Get-VeloCloudEvent -Connection customer -ErrorAction Stop } | Should -Throw -ErrorId 'VeloCloud.ConnectionMismatch,*'
    }
}
