BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ EdgeCount = 60 }
    $velo = $simulator.VeloCloud

    # One connection for each tier, by the tier's name.
    foreach ($tier in 'customer', 'partner', 'operator') {
        $user = $velo.Users | Where-Object Tier -EQ $tier
        $null = Connect-VeloCloud $velo.Server -Credential $user.Credential -Operator:($tier -eq 'operator') -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name $tier
    }

    # How each tier names an enterprise of its own: a customer needs to name none.
    $own = @{ customer = @{}; partner = @{ Enterprise = 'Globex' }; operator = @{ Enterprise = 'Acme' } }

    # What reached the server, oldest first: the methods of the portal API, and verb and path of APIv2.
    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud | ForEach-Object {
                if ($_.Path -like '/portal/rest/*') { $_.Path -replace '^/portal/rest/' } else { "$($_.Method) $($_.Path)" }
            })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Set-Server {
        param([hashtable] $Setting)
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/settings' $Setting
    }

    # Changes an edge behind the client's back.
    function Set-ServerEdge {
        param([long] $Id, [hashtable] $Member)
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/edge' ($Member + @{ id = $Id })
    }

    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches
    }

    function New-TestEdge {
        param([string] $Tier, [string] $Name = "edge $([guid]::NewGuid())", [hashtable] $Option = @{})
        $place = $own[$Tier]
        New-VeloCloudEdge -Connection $Tier @place -Name $Name -Profile 'Quick Start Profile' -Model edge6X0 @Option
    }
}

AfterAll {
    Get-OrchestratorConnection -System VeloCloud | Disconnect-VeloCloud
    Stop-OrchestratorSimulator $simulator
}

Describe 'Invoke-VeloCloudRequest' {
    BeforeEach {
        Clear-Log
    }

    AfterEach {
        Set-Server @{ pageLimit = 2048; release4 = $false; asyncSeconds = 1; failAsync = $false }
    }

    It 'reads as a <_>' -ForEach 'customer', 'partner', 'operator' {
        $all = @(Invoke-VeloCloudRequest enterprises/ -Connection $_)
        $all.name | Should -Be @(Get-VeloCloudEnterprise -Connection $_).Name
        $all[0].Connection | Should -Be $_
        @(Get-Call | Where-Object { $_ -like 'GET *' -and $_ -notlike 'GET /api/sdwan/v2/enterprises*' }) | Should -BeNullOrEmpty
    }

    It 'follows the links of pages, and with -NoPaging does not' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        Set-Server @{ pageLimit = 7 }
        $edges = Invoke-VeloCloudRequest "enterprises/$id/edges" -Connection customer
        $edges.Count | Should -Be 30
        @($edges.logicalId | Sort-Object -Unique).Count | Should -Be 30
        @(Invoke-VeloCloudRequest "enterprises/$id/edges" -Connection customer -NoPaging).Count | Should -Be 7
        (Invoke-VeloCloudRequest "enterprises/$id/edges" -Connection customer -Raw | ConvertFrom-Json).metaData.more | Should -BeTrue
    }

    It 'filters and includes by -Query' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        $found = Invoke-VeloCloudRequest "enterprises/$id/edges" -Query @{ 'edgeState[is]' = 'OFFLINE'; include = 'site.*' } -Connection customer
        $found.Count | Should -Be @(Get-VeloCloudEdge -State OFFLINE -Connection customer).Count
        $found[0].site.timezone | Should -Not -BeNullOrEmpty
    }

    It 'takes times of the query as milliseconds' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        $null = Invoke-VeloCloudRequest "enterprises/$id/events" -Query @{ start = (Get-Date).AddHours(-1); limit = 5 } -NoPaging -Connection customer
        $sent = Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud -Path '*events'
        "$($sent.Path)$($sent.Query)" | Should -Match 'start=\d{13}(&|$)'
    }

    It 'changes after a question, once, and waits for what goes on' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        $edge = (Get-VeloCloudEdge -State CONNECTED -Connection customer | Select-Object -First 1).LogicalId
        $path = "enterprises/$id/edges/$edge/deviceSettings"
        $patch = @(@{ op = 'add'; path = '/note'; value = 'mine' })
        Clear-Log
        Invoke-VeloCloudRequest $path -Method PATCH -Body $patch -Connection customer -WhatIf
        Get-Call | Should -BeNullOrEmpty
        $begun = Invoke-VeloCloudRequest $path -Method PATCH -Body $patch -Connection customer -Confirm:$false
        $begun.Location | Should -BeLike '*asyncOperations/*'
        (Invoke-VeloCloudRequest $begun.Location -Connection customer).id | Should -Be $begun.id
        $end = Invoke-VeloCloudRequest $path -Method PATCH -Body $patch -Connection customer -Confirm:$false -Wait
        $end.status | Should -Be 'SUCCESS'
        (Invoke-VeloCloudRequest $path -Connection customer).note | Should -Be 'mine'
        @(Get-Call | Where-Object { $_ -like 'PATCH*' }).Count | Should -Be 2
    }

    It 'says when what goes on fails' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        $edge = (Get-VeloCloudEdge -State CONNECTED -Connection customer | Select-Object -First 1).LogicalId
        Set-Server @{ failAsync = $true }
        $null = Invoke-VeloCloudRequest "enterprises/$id/edges/$edge/deviceSettings" -Method PATCH -Body @(@{ op = 'add'; path = '/x'; value = 1 }) -Wait -Confirm:$false -Connection customer -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Failed,OrchestratorTools.VeloCloud.InvokeVeloCloudRequestCommand'
        "$($failed[0])" | Should -BeLike '*did not take the change*'
    }

    It 'finds APIv2 of an old release' {
        Set-Server @{ release4 = $true }
        $user = $velo.Users | Where-Object Tier -EQ customer
        $null = Connect-VeloCloud $velo.Server -Credential $user.Credential -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name old -NotDefault
        try {
            @(Invoke-VeloCloudRequest enterprises/ -Connection old).Count | Should -Be 1
            (Get-Call)[-1] | Should -Be 'GET /sdwan/enterprises/'
        }
        finally {
            Disconnect-VeloCloud old
        }
    }

    It 'sends nothing that the table says is wrong: <Wanted>' -ForEach @(
        @{ Option = @{ Path = 'enterprises/x/edge' }; Wanted = "*-Path*did you mean 'enterprises/x/edges'*" }
        @{ Option = @{ Path = 'enterprises/{enterpriseLogicalId}/edges' }; Wanted = '*-Path*missing*' }
        @{ Option = @{ Path = 'enterprises/x/events'; Method = 'PUT'; Body = @{ a = 1 } }; Wanted = '*-Method*takes GET*' }
        @{ Option = @{ Path = 'enterprises/x/edges'; Query = @{ 'edgeStat[is]' = 'OFFLINE' } }; Wanted = "*-Query*did you mean 'edgeState*" }
        @{ Option = @{ Path = 'enterprises/x/flowStats'; Query = @{ start = 1600000000000 } }; Wanted = "*'groupBy' is required*" }
        @{ Option = @{ Path = 'enterprises/x/events'; Query = @{ start = 'yesterday' } }; Wanted = '*-Query*whole number*' }
        @{ Option = @{ Path = 'enterprises/x/edges/y'; Method = 'PATCH'; Body = @{ name = 'z' } }; Wanted = '*-Body*list of changes*' }
        @{ Option = @{ Path = 'enterprises/'; Method = 'POST'; Body = @{ naem = 'z' } }; Wanted = "*-Body*did you mean 'name'*" }
    ) {
        Invoke-VeloCloudRequest @Option -Connection customer -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.BadParameter,OrchestratorTools.VeloCloud.InvokeVeloCloudRequestCommand'
        "$($failed[0])" | Should -BeLike $Wanted
        Get-Call | Should -BeNullOrEmpty
    }

    It 'sends it all the same with -Force, and says what the server says' {
        Invoke-VeloCloudRequest enterprises/nope/edges -Connection customer -Force -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.InvokeVeloCloudRequestCommand'
        "$($failed[0])" | Should -BeLike '*enterprise not found*'
    }

    It 'says when a token is expired' {
        $user = Invoke-SimulatorCommand $simulator 'systems/veloCloud/user' @{ user = 'short@acme.example'; role = 'Enterprise Superuser' }
        $null = Connect-VeloCloud $velo.Server -Token (ConvertTo-SecureString $user.token -AsPlainText) -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name short -NotDefault
        try {
            $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/expireToken' @{ user = 'short@acme.example' }
            Invoke-VeloCloudRequest enterprises/ -Connection short -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Authentication,OrchestratorTools.VeloCloud.InvokeVeloCloudRequestCommand'
            "$($failed[0])" | Should -BeLike '*tokenError*'
        }
        finally {
            Disconnect-VeloCloud short
        }
    }

    It 'completes paths a part at a time' {
        (Get-Completion 'Invoke-VeloCloudRequest enterprises/abc/edges/d').ListItemText | Should -Contain 'enterprises/abc/edges/{edgeLogicalId}/deviceSettings' -Because 'the part that is typed is an id'
        (Get-Completion 'Invoke-VeloCloudRequest applicationM').ListItemText | Should -Contain 'applicationMaps/{logicalId}'
        (Get-Completion 'Invoke-VeloCloudRequest enterprises/abc/edges/def/link').ListItemText | Should -Contain 'enterprises/abc/edges/def/linkStats'
    }
}

Describe 'Find-VeloCloudMethod' {
    It 'knows all operations of both APIs, and those that no definition has' {
        $all = Find-VeloCloudMethod
        @($all | Where-Object { $_.IsDefined -and $_.Api -eq 'v1' }).Count | Should -Be 287
        @($all | Where-Object Api -EQ 'v2').Count | Should -Be 44
        $seen = @($all | Where-Object { -not $_.IsDefined })
        $seen.Name | Should -Contain 'license/getEnterpriseEdgeLicenses'
        $seen.Name | Should -Contain 'async/getStatus'
        $seen.Count | Should -Be 14
    }

    It 'asks no server' {
        Clear-Log
        $null = Find-VeloCloudMethod
        Get-Call | Should -BeNullOrEmpty
    }

    It 'finds by name, object, parameter and right' {
        (Find-VeloCloudMethod getEdge).Name | Should -Be 'edge/getEdge'
        (Find-VeloCloudMethod edge/*Reactivation).Name | Should -Be 'edge/edgeCancelReactivation', 'edge/edgeRequestReactivation'
        (Find-VeloCloudMethod -Object vpn).Name | Should -Be 'vpn/generateVpnGatewayConfiguration'
        (Find-VeloCloudMethod -Object deviceSettings).Verb | Sort-Object -Unique | Should -Be 'GET', 'PATCH', 'PUT'
        (Find-VeloCloudMethod -Parameter groupBy).Api | Sort-Object -Unique | Should -Be 'v2'
        (Find-VeloCloudMethod -Object disasterRecovery -OperatorOnly).Count | Should -BeGreaterThan 0
        Find-VeloCloudMethod enterpriseUser/* -OperatorOnly | Should -BeNullOrEmpty
        ('edge/getEdge', 'edge/deleteEdge' | Find-VeloCloudMethod).Name | Should -Be 'edge/getEdge', 'edge/deleteEdge'
    }

    It 'shows parameters, privileges and the cmdlet, in that cmdlet''s words' {
        $method = Find-VeloCloudMethod edge/edgeProvision
        ($method.Parameter | Where-Object Name -EQ modelNumber).IsRequired | Should -BeTrue
        ($method.Parameter | Where-Object Name -EQ modelNumber).Words | Should -Contain 'virtual'
        $method.Privilege | Should -Be 'CREATE EDGE'
        $method.Cmdlet | Should -Be 'New-VeloCloudEdge'
        $method.IsRead | Should -BeFalse
        $method = Find-VeloCloudMethod enterprise/getEnterpriseEdges
        $method.Description | Should -BeLike "*$((Get-Help Get-VeloCloudEdge).Synopsis)*"
        (Find-VeloCloudMethod vpn/generateVpnGatewayConfiguration).Description | Should -BeNullOrEmpty
    }

    It 'asks what was meant where there is no such operation' {
        Find-VeloCloudMethod edge/getEgde -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.FindVeloCloudMethodCommand'
        "$($failed[0])" | Should -BeLike "*did you mean 'edge/getEdge'*"
    }

    It 'completes' {
        (Get-Completion 'Find-VeloCloudMethod getEdgeS').ListItemText | Should -Contain 'edge/getEdgeSDWANPeers'
        (Get-Completion 'Find-VeloCloudMethod -Object gat').ListItemText | Should -Contain 'gatewayProperty'
    }

    It 'names cmdlets and operations that there are' {
        $coverage = (Get-Command Find-VeloCloudMethod).ImplementingType.Assembly.GetType('OrchestratorTools.VeloCloud.VeloCloudCoverage')
        $cmdlets = @($coverage.GetProperty('Cmdlets').GetValue($null))
        $cmdlets.Count | Should -BeGreaterThan 20
        $there = (Get-Command -Module OrchestratorTools).Name
        $cmdlets | Where-Object { $_ -notin $there } | Should -BeNullOrEmpty
        $operations = Find-VeloCloudMethod | ForEach-Object { if ($_.Api -eq 'v2') { "v2:$($_.Name)" } else { $_.Name } }
        $coverage.GetProperty('Operations').GetValue($null) | Where-Object { $_ -notin $operations } | Should -BeNullOrEmpty
    }

    It 'is the list that Invoke-VeloCloudMethod goes by' {
        $names = Find-VeloCloudMethod | Where-Object { $_.Api -eq 'v1' -and $_.Name -notlike 'login/*' -and $_.Name -ne 'logout' } | ForEach-Object Name
        Compare-Object $names (Get-Completion 'Invoke-VeloCloudMethod ').ListItemText | Should -BeNullOrEmpty
    }
}
