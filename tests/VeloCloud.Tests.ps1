BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ EdgeCount = 60 }
    $velo = $simulator.VeloCloud

    # Connects as one of the simulator's users.
    function Connect-Tier {
        param([string] $Tier, [hashtable] $Option = @{})
        $user = $velo.Users | Where-Object Tier -EQ $Tier
        $parameters = @{ Server = $velo.Server; Credential = $user.Credential; Operator = $Tier -eq 'operator'; ServerCertificateThumbprint = $velo.CertificateThumbprint; NoProxy = $true }
        Connect-VeloCloud @parameters @Option
    }

    # The methods that reached the server, oldest first.
    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud | ForEach-Object { $_.Path -replace '^/portal/rest/' })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Disconnect-All {
        Get-OrchestratorConnection -System VeloCloud | Disconnect-VeloCloud
    }

    function Set-Server {
        param([hashtable] $Setting)
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/settings' $Setting
    }

    function Rename-Enterprise {
        param([long] $Id, [string] $Name)
        $null = Invoke-VeloCloudMethod enterprise/updateEnterprise @{ enterpriseId = $Id; _update = @{ name = $Name } } -Confirm:$false
    }

    # Runs a line that completion wrote.
    function Invoke-Line {
        param([string] $Line)
        & ([scriptblock]::Create($Line))
    }

    # What completing the end of a line offers.
    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches
    }
}

AfterAll {
    Disconnect-All
    Stop-OrchestratorSimulator $simulator
}

Describe 'Connect-VeloCloud' {
    BeforeEach {
        Clear-Log
    }

    AfterEach {
        Disconnect-All
    }

    It 'logs in with one request' {
        $connection = Connect-TestVeloCloud $simulator
        Get-Call | Should -Be 'login/enterpriseLogin'
        $connection.Name | Should -Be "$($velo.Credential.UserName)@$($velo.Server.Authority)"
        $connection.User | Should -Be $velo.Credential.UserName
        $connection.System | Should -Be 'VeloCloud'
    }

    It 'logs operators in elsewhere' {
        $connection = Connect-Tier operator
        Get-Call | Should -Be 'login/operatorLogin'
        $connection.Scope | Should -Be 'operator'
    }

    It 'connects to a standby, which answers nothing else' {
        Set-Server @{ standby = $true }
        try {
            (Connect-Tier operator).Scope | Should -Be 'operator'
            $null = Connect-VeloCloud $velo.Server -Token ($velo.Users | Where-Object Tier -EQ operator).Token -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name token
            Test-OrchestratorConnection token | Should -BeTrue
        }
        finally {
            Set-Server @{ standby = $false }
        }
    }

    It 'takes an API token, and says who refuses it' {
        $connection = Connect-VeloCloud $velo.Server -Token $velo.Token -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy
        $connection.Name | Should -BeLike 'token*@*'
        (Get-VeloCloudEnterprise).Name | Should -Be 'Acme'
        Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud -Path *login* | Should -BeNullOrEmpty
    }

    It 'says when a token is expired' {
        $null = Connect-VeloCloud $velo.Server -Token $velo.Token -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name old
        $user = $velo.Users | Where-Object Tier -EQ customer
        $null = Connect-Tier customer
        $id = (Invoke-VeloCloudMethod enterprise/getEnterpriseUsers | Where-Object username -EQ $user.Name).id
        $new = Invoke-VeloCloudMethod enterprise/createApiToken @{ enterpriseUserId = $id; name = 'short'; lifetimeMs = 60000 } -Confirm:$false
        $token = ConvertTo-SecureString (Invoke-VeloCloudMethod enterprise/downloadApiToken @{ id = $new.id } -Confirm:$false).token -AsPlainText
        $null = Connect-VeloCloud $velo.Server -Token $token -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name short
        $null = Invoke-SimulatorCommand $simulator 'clock' @{ advanceSeconds = 120 }
        Clear-Log
        $null = Get-VeloCloudEnterprise -Connection short -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Authentication,OrchestratorTools.VeloCloud.GetVeloCloudEnterpriseCommand'
        "$($failed[0])" | Should -BeLike '*tokenError*new one*'
        # Never tried again.
        (Get-Call).Count | Should -Be 1
        { Connect-VeloCloud $velo.Server -Token $token -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy } | Should -Throw -ErrorId 'VeloCloud.Authentication,OrchestratorTools.VeloCloud.ConnectVeloCloudCommand'
    }

    It 'shows the server''s reason for a refused login, decoded, and no password' {
        $wrong = [pscredential]::new('nobody@acme.example', (ConvertTo-SecureString 'Wrong-Pa55' -AsPlainText))
        $failed = { Connect-VeloCloud $velo.Server -Credential $wrong -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy } |
            Should -Throw -ErrorId 'VeloCloud.Authentication,OrchestratorTools.VeloCloud.ConnectVeloCloudCommand' -PassThru
        "$failed" | Should -BeLike '*refused: Invalid*nobody@acme.example*-Operator*-Token*'
        "$failed" | Should -Not -BeLike '*%20*'
        ($failed | Format-List * -Force | Out-String) + $failed.Exception | Should -Not -BeLike '*Wrong-Pa55*'
        (Get-Call).Count | Should -Be 1
    }

    It 'takes either a credential or a token' {
        { Connect-VeloCloud $velo.Server -Credential $velo.Credential -Token $velo.Token } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Connect-VeloCloud $velo.Server -Token $velo.Token -Operator } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'does not take a vCloud Director for an Orchestrator' {
        foreach ($how in @{ Credential = $velo.Credential }, @{ Token = $velo.Token }) {
            $failed = { Connect-VeloCloud $simulator.Vcd.Server -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy @how } |
                Should -Throw -ErrorId 'VeloCloud.Protocol,OrchestratorTools.VeloCloud.ConnectVeloCloudCommand' -PassThru
            "$failed" | Should -BeLike '*is a VeloCloud Orchestrator*'
        }
    }
}

Describe 'Disconnect-VeloCloud' {
    It 'logs out, and with -WhatIf does not' {
        $connection = Connect-TestVeloCloud $simulator
        Clear-Log
        Disconnect-VeloCloud -WhatIf
        Get-Call | Should -BeNullOrEmpty
        $connection | Disconnect-VeloCloud
        Get-Call | Should -Be 'logout'
        Get-OrchestratorConnection -System VeloCloud | Should -BeNullOrEmpty
    }
}

Describe 'Get-VeloCloudEnterprise' {
    AfterEach {
        Disconnect-All
    }

    It 'asks the call that a <Tier> may use' -ForEach @(
        @{ Tier = 'customer'; Calls = @('enterprise/getEnterprise'); Names = @('Acme') }
        @{ Tier = 'partner'; Calls = @('enterprise/getEnterprise', 'enterpriseProxy/getEnterpriseProxyEnterprises'); Names = @('Globex', 'Initech') }
        @{ Tier = 'operator'; Calls = @('network/getNetworkEnterprises'); Names = @('Acme', 'Globex', 'Initech', 'Umbrella') }
    ) {
        $null = Connect-Tier $Tier
        Clear-Log
        (Get-VeloCloudEnterprise).Name | Should -Be $Names
        Get-Call | Should -Be $Calls
        # What was found out is remembered.
        Clear-Log
        $null = Get-VeloCloudEnterprise
        Get-Call | Should -Be $Calls[-1]
    }

    It 'has typed properties' {
        $null = Connect-TestVeloCloud $simulator
        $enterprise = Get-VeloCloudEnterprise
        $enterprise.Id | Should -BeOfType [long]
        $enterprise.AlertsEnabled | Should -BeTrue
        $enterprise.Created | Should -BeOfType [DateTimeOffset]
        $enterprise.Created.Offset | Should -Be ([timespan]::Zero)
        $enterprise.Address.Latitude | Should -BeNullOrEmpty -Because 'the server puts what nobody set to a place of its own'
        $enterprise.AdditionalProperties.ContainsKey('prefix') | Should -BeTrue
        $enterprise.Connection | Should -Be (Get-OrchestratorConnection).Name
    }

    It 'takes names with wildcards, several, and by pipeline' {
        $null = Connect-Tier operator
        (Get-VeloCloudEnterprise ac*, *brella).Name | Should -Be 'Acme', 'Umbrella'
        ('globex', 'acme' | Get-VeloCloudEnterprise).Name | Should -Be 'Globex', 'Acme'
        Get-VeloCloudEnterprise nothing* | Should -BeNullOrEmpty
    }

    It 'says which name or id does not exist, and goes on' {
        $null = Connect-Tier operator
        (Get-VeloCloudEnterprise Acme, nope -ErrorAction SilentlyContinue -ErrorVariable failed).Name | Should -Be 'Acme'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.GetVeloCloudEnterpriseCommand'
        $failed[0].TargetObject | Should -Be 'nope'
        "$($failed[0])" | Should -BeLike "*-Name 'nope'*"
        $id = (Get-VeloCloudEnterprise Acme).Id
        (Get-VeloCloudEnterprise -Id 5, $id -ErrorAction SilentlyContinue -ErrorVariable failed).Id | Should -Be $id
        "$($failed[0])" | Should -BeLike "*-Id '5'*"
    }

    It 'gets one by id for a <_>' -ForEach 'customer', 'partner', 'operator' {
        $null = Connect-Tier $_
        $last = Get-VeloCloudEnterprise | Select-Object -Last 1
        (Get-VeloCloudEnterprise -Id $last.Id).Name | Should -Be $last.Name
    }

    It 'asks several connections' {
        $null = Connect-Tier partner @{ Name = 'p' }
        $null = Connect-Tier customer @{ Name = 'c' }
        $found = Get-VeloCloudEnterprise -Connection c, p
        $found.Name | Should -Be 'Acme', 'Globex', 'Initech'
        $found.Connection | Should -Be 'c', 'p', 'p'
    }

    It 'finds an enterprise whose name is odd: <_>' -ForEach @('Say "hi" & ''bye''', 'a[b]*c?', "two`nlines", '100% `x` \ 東京', '*') {
        # A name of its own: completion remembers what a connection said for a few seconds.
        $null = Connect-Tier operator @{ Name = [guid]::NewGuid() }
        $id = (Get-VeloCloudEnterprise Umbrella).Id
        Rename-Enterprise $id $_
        try {
            # As it is, as a pattern, and as completion writes it.
            (Get-VeloCloudEnterprise $_ | Where-Object Id -EQ $id).Name | Should -BeExactly $_
            (Get-VeloCloudEnterprise ([wildcardpattern]::Escape($_))).Id | Should -Be $id
            $text = (Get-Completion 'Get-VeloCloudEnterprise ' | Where-Object ListItemText -EQ $_).CompletionText
            (Invoke-Line "Get-VeloCloudEnterprise $text").Id | Should -Be $id
            (Get-VeloCloudEdge -Enterprise $_ | Select-Object -First 1).EnterpriseId | Should -Be $id
        }
        finally {
            Rename-Enterprise $id 'Umbrella'
        }
    }
}

Describe 'Get-VeloCloudEdge' {
    BeforeEach {
        Clear-Log
    }

    AfterEach {
        Disconnect-All
        Set-Server @{ pageLimit = 2048 }
    }

    It 'has typed properties, whatever the server writes' {
        $null = Connect-TestVeloCloud $simulator
        $edges = Get-VeloCloudEdge
        $edges.Count | Should -Be 30
        foreach ($edge in $edges) {
            $edge.Id | Should -BeOfType [long]
            $edge.IsLive | Should -BeOfType [bool]
            $edge.AlertsEnabled | Should -BeOfType [bool]
            $edge.StateTime | Should -BeNullOrEmpty
            $edge.EnterpriseName | Should -Be 'Acme'
            if ($edge.State -ne 'NEVER_ACTIVATED') {
                $edge.LastContact | Should -BeOfType [DateTimeOffset]
                $edge.LastContact.Offset | Should -Be ([timespan]::Zero)
            }
        }
        $new = @($edges | Where-Object State -EQ NEVER_ACTIVATED)
        $new.Count | Should -BeGreaterThan 0
        $new | ForEach-Object { $_.LastContact | Should -BeNullOrEmpty }
        $edges[0].AdditionalProperties.factorySoftwareVersion | Should -Not -BeNullOrEmpty
    }

    It 'streams by the pipeline: Get-VeloCloudEnterprise Acme | Get-VeloCloudEdge -State Offline | Select-Object Name, LastContact' {
        $null = Connect-Tier operator
        $found = @(Get-VeloCloudEnterprise Acme | Get-VeloCloudEdge -State Offline | Select-Object Name, LastContact)
        $found.Count | Should -BeGreaterThan 0
        $found[0].PSObject.Properties.Name | Should -Be 'Name', 'LastContact'
        $found.Count | Should -Be @(Get-VeloCloudEdge -Enterprise Acme | Where-Object State -EQ 'OFFLINE').Count
    }

    It 'asks for no second page when the first edge is enough' {
        $null = Connect-TestVeloCloud $simulator
        $null = Get-VeloCloudEnterprise
        Set-Server @{ pageLimit = 4 }
        Clear-Log
        (Get-VeloCloudEdge | Select-Object -First 1).Name | Should -Not -BeNullOrEmpty
        Get-Call | Should -Be 'enterprise/getEnterpriseEdges'
    }

    It 'asks for the next page once a quarter of the present one was taken, never before' {
        $null = Connect-TestVeloCloud $simulator
        $null = Get-VeloCloudEnterprise
        Set-Server @{ pageLimit = 12 }
        Clear-Log
        $seen = Get-VeloCloudEdge | ForEach-Object { @(Get-Call).Count } | Select-Object -First 3
        # While the third edge is looked at, two were taken: less than a quarter of twelve.
        $seen | Should -Be 1, 1, 1
        $all = Get-VeloCloudEdge
        $all.Count | Should -Be 30
        ($all.Id | Sort-Object -Unique).Count | Should -Be 30
    }

    It 'costs no edge and doubles none when a connection breaks inside a page' {
        $null = Connect-TestVeloCloud $simulator
        $null = Get-VeloCloudEnterprise
        Clear-Log
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud ResetResponse -Path *getEnterpriseEdges -Bytes 25000
        $edges = Get-VeloCloudEdge
        $edges.Count | Should -Be 30
        ($edges.Id | Sort-Object -Unique).Count | Should -Be 30
        (Get-Call).Count | Should -Be 2
    }

    It 'takes -Enterprise as a name, an id, an object and a pattern' {
        $null = Connect-Tier operator
        $acme = Get-VeloCloudEnterprise Acme
        $count = @(Get-VeloCloudEdge -Enterprise Acme).Count
        $count | Should -Be 30
        @(Get-VeloCloudEdge -Enterprise $acme.Id).Count | Should -Be $count
        @(Get-VeloCloudEdge -Enterprise "$($acme.Id)").Count | Should -Be $count
        @(Get-VeloCloudEdge -Enterprise $acme).Count | Should -Be $count
        @(Get-VeloCloudEdge -Enterprise acm*).Count | Should -Be $count
        @(Get-VeloCloudEdge -Enterprise Globex, Initech | Select-Object -ExpandProperty EnterpriseName -Unique) | Should -Be 'Globex', 'Initech'
        @(Get-VeloCloudEdge -Enterprise *).Count | Should -Be 60
        @('Acme' | Get-VeloCloudEdge).Count | Should -Be $count
        # An object that was written to a file and read again.
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($acme))
        @($copy | Get-VeloCloudEdge).Count | Should -Be $count
    }

    It 'asks an operator and a partner which enterprise is meant' {
        foreach ($tier in 'operator', 'partner') {
            $null = Connect-Tier $tier
            Clear-Log
            $null = Get-VeloCloudEdge -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Validation,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
            "$($failed[0])" | Should -BeLike "*$tier*-Enterprise*Get-VeloCloudEnterprise*"
            Get-Call | Should -Not -Contain 'enterprise/getEnterpriseEdges'
        }
    }

    It 'does not give a customer its own edges for another enterprise' {
        $null = Connect-TestVeloCloud $simulator
        $null = Get-VeloCloudEnterprise
        foreach ($other in 'Globex', 1802) {
            Clear-Log
            Get-VeloCloudEdge -Enterprise $other -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
            Get-Call | Should -BeNullOrEmpty
        }
        @(Get-VeloCloudEdge -Enterprise acme).Count | Should -Be 30
    }

    It 'says which enterprise does not exist, and goes on' {
        $null = Connect-Tier operator
        @(Get-VeloCloudEdge -Enterprise nope, Acme -ErrorAction SilentlyContinue -ErrorVariable failed).Count | Should -Be 30
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
        "$($failed[0])" | Should -BeLike "*-Enterprise 'nope'*"
    }

    It 'lists the candidates where two enterprises have the name' {
        $null = Connect-Tier operator
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud ReplaceBody -Path *getNetworkEnterprises -Body '[{"id":1,"name":"Twin"},{"id":2,"name":"twin"},{"id":3,"name":"Single"}]' -ContentType application/json
        $null = Get-VeloCloudEdge -Enterprise Twin -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Ambiguous,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
        "$($failed[0])" | Should -BeLike "*'Twin' (id 1)*'twin' (id 2)*"
        Get-Call | Should -Not -Contain 'enterprise/getEnterpriseEdges'
    }

    It 'filters by name, state and activation' {
        $null = Connect-TestVeloCloud $simulator
        $all = Get-VeloCloudEdge
        (Get-VeloCloudEdge branch-*).Id | Should -Be ($all | Where-Object Name -Like 'branch-*').Id
        (Get-VeloCloudEdge -State offline, DEGRADED).Id | Should -Be ($all | Where-Object State -In 'OFFLINE', 'DEGRADED').Id
        (Get-VeloCloudEdge -Activation *pending).Id | Should -Be ($all | Where-Object ActivationState -Like '*PENDING').Id
        (Get-VeloCloudEdge branch-0000, nope -ErrorAction SilentlyContinue -ErrorVariable failed).Name | Should -Be 'branch-0000'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
        # It exists, and is in another state: nothing is missing.
        Get-VeloCloudEdge branch-0000 -State NO_SUCH_STATE -ErrorVariable failed | Should -BeNullOrEmpty
        $failed | Should -BeNullOrEmpty
    }

    It 'finds every edge by its own name, as typed and as completed' {
        $null = Connect-TestVeloCloud $simulator
        $completions = Get-Completion 'Get-VeloCloudEdge '
        foreach ($edge in Get-VeloCloudEdge) {
            (Get-VeloCloudEdge ([wildcardpattern]::Escape($edge.Name))).Id | Should -Be $edge.Id
            $text = ($completions | Where-Object ListItemText -CEQ $edge.Name).CompletionText
            (Invoke-Line "Get-VeloCloudEdge $text").Id | Should -Be $edge.Id -Because $text
        }
    }

    It 'gets edges by id and logical id, one request each, and says which one does not exist' {
        $null = Connect-Tier operator
        $edge = Get-VeloCloudEdge branch-0000 -Enterprise Acme
        Clear-Log
        $found = Get-VeloCloudEdge -Id $edge.Id, 99999999, $edge.LogicalId -Enterprise 1801 -IncludeSite -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.Id | Should -Be $edge.Id, $edge.Id
        $found[0].Site.Address.City | Should -Not -BeNullOrEmpty
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
        "$($failed[0])" | Should -BeLike "*-Id '99999999'*"
        Get-Call | Should -Be (@('edge/getEdge') * 3)
        { Get-VeloCloudEdge -Id branch-0000 } | Should -Throw -ErrorId 'VeloCloud.BadParameter,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
    }

    It 'brings links and site only when asked' {
        $null = Connect-TestVeloCloud $simulator
        $plain = Get-VeloCloudEdge branch-0000
        $plain.Link | Should -BeNullOrEmpty
        $plain.Site | Should -BeNullOrEmpty
        $full = Get-VeloCloudEdge branch-0000 -IncludeLink -IncludeSite
        $full.Link.Count | Should -BeGreaterThan 0
        $full.Link[0].Id | Should -BeOfType [long]
        $full.Site | Should -Not -BeNullOrEmpty
        (Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud -Path *getEnterpriseEdges | Select-Object -Last 1).Body | Should -BeLike '*"with":`["recentLinks","site"`]*'
    }

    It 'never shows an activation key by itself' {
        $null = Connect-TestVeloCloud $simulator
        $DebugPreference = 'Continue'
        $all = Get-VeloCloudEdge branch-0000 -Verbose 5>&1 4>&1
        $DebugPreference = 'SilentlyContinue'
        $said, $edge = $all.Where({ $_ -is [Management.Automation.InformationalRecord] }, 'Split')
        ($said | Out-String) | Should -BeLike '*edgeState*'
        $key = $edge.GetActivationKey()
        $key | Should -Match '^....-....-....-....$'
        ($edge | Format-List * -Force | Out-String) + ($edge | ConvertTo-Json -Depth 5) + ([Management.Automation.PSSerializer]::Serialize($edge)) + ($said | Out-String) | Should -Not -BeLike "*$key*"
        $edge.ToJson() | Should -BeLike "*$key*"
    }

    It 'goes back to where an enterprise came from' {
        $null = Connect-Tier operator @{ Name = 'o' }
        $null = Connect-Tier customer @{ Name = 'c' }
        $enterprise = Get-VeloCloudEnterprise Globex -Connection o
        ($enterprise | Get-VeloCloudEdge | Select-Object -First 1).Connection | Should -Be 'o'
        Clear-Log
        $null = $enterprise | Get-VeloCloudEdge -Connection c -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.ConnectionMismatch,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
        $null = Get-VeloCloudEdge -Enterprise $enterprise -Connection c -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.ConnectionMismatch,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'completes states, activations and enterprises' {
        $null = Connect-Tier operator
        (Get-Completion 'Get-VeloCloudEdge -State off').CompletionText | Should -Be 'OFFLINE'
        (Get-Completion 'Get-VeloCloudEdge -Activation p').CompletionText | Should -Be 'PENDING'
        (Get-Completion 'Get-VeloCloudEdge -Enterprise g').CompletionText | Should -Be 'Globex'
        # Which enterprise is meant is known from what is typed.
        (Get-Completion 'Get-VeloCloudEdge -Enterprise Acme -Name branch-000').Count | Should -BeGreaterThan 2
        Get-Completion 'Get-VeloCloudEdge -Name b' | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty
    }

    It 'prints a table that fits 120 columns' {
        $null = Connect-TestVeloCloud $simulator
        $lines = (Get-VeloCloudEdge | Out-String -Width 120) -split '\r?\n'
        $lines[1] | Should -Match '^\s+Id\s+Name\s+Enterprise\s+State\s+Activation\s+Model\s+Version\s+LastContact'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        (Get-VeloCloudEdge branch-0000 | Format-List | Out-String) | Should -BeLike '*SerialNumber*'
        (Get-VeloCloudEnterprise | Out-String -Width 120) | Should -Match 'Id\s+Name\s+Account'
        $full = Get-VeloCloudEdge branch-0000 -IncludeLink -IncludeSite
        ($full.Link | Out-String -Width 120) | Should -Match 'Interface\s+State'
        ($full.Site | Out-String -Width 120) | Should -Match 'Contact\s+Address'
    }
}

Describe 'Invoke-VeloCloudMethod' {
    BeforeAll {
        $null = Connect-TestVeloCloud $simulator
    }

    BeforeEach {
        Clear-Log
    }

    AfterAll {
        Disconnect-All
    }

    It 'returns objects' {
        $enterprise = Invoke-VeloCloudMethod enterprise/getEnterprise
        $enterprise.name | Should -Be 'Acme'
        $enterprise.id | Should -BeOfType [long]
        @(Invoke-VeloCloudMethod enterprise/getEnterpriseEdges).Count | Should -Be 30
        @(Invoke-VeloCloudMethod enterprise/getEnterpriseEdges @{ limit = 7 }).Count | Should -Be 30 -Because 'pages are followed'
    }

    It 'asks for no second page when the first object is enough' {
        (Invoke-VeloCloudMethod enterprise/getEnterpriseEdges @{ limit = 7 } | Select-Object -First 1).name | Should -Not -BeNullOrEmpty
        (Get-Call).Count | Should -Be 1
    }

    It 'returns the JSON text with -Raw' {
        $text = Invoke-VeloCloudMethod enterprise/getEnterpriseEdges @{ limit = 2 } -Raw
        $text | Should -BeOfType [string]
        ($text | ConvertFrom-Json).metaData.more | Should -BeTrue
        (Get-Call).Count | Should -Be 1
    }

    It 'takes parameters by pipeline, a hashtable or an object' {
        $answers = @{ id = 10001 }, [pscustomobject]@{ id = 10003; with = 'site' } | Invoke-VeloCloudMethod edge/getEdge
        $answers.id | Should -Be 10001, 10003
        $answers[1].site | Should -Not -BeNullOrEmpty
    }

    It 'sends no change with -WhatIf, and one without' {
        $change = @{ id = 10001; _update = @{ description = 'by a test' } }
        Invoke-VeloCloudMethod edge/updateEdgeAttributes $change -WhatIf
        Get-Call | Should -BeNullOrEmpty
        (Invoke-VeloCloudMethod edge/updateEdgeAttributes $change -Confirm:$false).rows | Should -Be 1
        Get-Call | Should -Be 'edge/updateEdgeAttributes'
        (Get-VeloCloudEdge branch-0000).Description | Should -Be 'by a test'
    }

    It 'asks before a change, and not before a read' {
        $answer = Invoke-NewProcess @"
`$ErrorActionPreference = 'Stop'
Import-Module '$ModulePath'
`$null = Connect-VeloCloud $($velo.Server) -Token (ConvertTo-SecureString '$(ConvertFrom-SecureString $velo.Token -AsPlainText)' -AsPlainText) -ServerCertificateThumbprint $($velo.CertificateThumbprint) -NoProxy
(Invoke-VeloCloudMethod enterprise/getEnterprise).name
try { Invoke-VeloCloudMethod edge/updateEdgeAttributes @{ id = 10001; _update = @{ description = 'x' } } } catch { 'asked' }
"@
        $answer | Should -Be 'Acme', 'asked'
        Get-Call | Should -Not -Contain 'edge/updateEdgeAttributes'
    }

    It 'sends a change whose answer was lost once, and says so' {
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud LostAnswer -Path *updateEdgeAttributes
        $null = Invoke-VeloCloudMethod edge/updateEdgeAttributes @{ id = 10001; _update = @{ description = 'lost' } } -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.OutcomeUnknown,OrchestratorTools.VeloCloud.InvokeVeloCloudMethodCommand'
        "$($failed[0])" | Should -BeLike '*not sent again*get methods*'
        Get-Call | Should -Be 'edge/updateEdgeAttributes'
    }

    It 'does not repeat downloadApiToken, whose answer comes once' {
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud LostAnswer -Path *downloadApiToken
        $null = Invoke-VeloCloudMethod enterprise/downloadApiToken @{ id = 1 } -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.OutcomeUnknown,*'
        Get-Call | Should -Be 'enterprise/downloadApiToken'
    }

    It 'refuses what the operation table does not allow, and sends nothing: <Said>' -ForEach @(
        @{ Method = 'enterprise/getEnterpriseEdge'; Parameters = @{}; Said = "*-Method*did you mean 'enterprise/getEnterpriseEdges'*-Force*" }
        @{ Method = 'login/enterpriseLogin'; Parameters = @{}; Said = '*Connect-VeloCloud*' }
        @{ Method = '../../login'; Parameters = @{}; Said = "*method's name*" }
        @{ Method = 'edge/getEdge'; Parameters = @{ id = 'x' }; Said = "*'id'*whole number*Nothing was sent*" }
        @{ Method = 'edge/getEdge'; Parameters = @{ wiht = 'site' }; Said = "*'wiht'*did you mean 'with'*" }
        @{ Method = 'edge/getEdge'; Parameters = @{ with = 'sites' }; Said = "*one of*site*did you mean 'site'*" }
        @{ Method = 'enterprise/getEnterpriseAddresses'; Parameters = @{}; Said = "*'enterpriseId' is required*" }
    ) {
        $failed = $null
        try {
            $null = Invoke-VeloCloudMethod $Method $Parameters -ErrorAction Stop
        }
        catch {
            $failed = $_
        }
        $failed.FullyQualifiedErrorId | Should -Be 'VeloCloud.BadParameter,OrchestratorTools.VeloCloud.InvokeVeloCloudMethodCommand'
        "$failed" | Should -BeLike $Said
        Get-Call | Should -BeNullOrEmpty
    }

    It 'sends it all the same with -Force' {
        $null = Invoke-VeloCloudMethod edge/getEdge @{ id = 'x' } -Force -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Validation,*'
        $null = Invoke-VeloCloudMethod some/thing @{ a = 1 } -Force -Confirm:$false -ErrorAction SilentlyContinue
        Get-Call | Should -Be 'edge/getEdge', 'some/thing'
        Clear-Log
        Invoke-VeloCloudMethod some/thing -Force -WhatIf
        Get-Call | Should -BeNullOrEmpty -Because 'what the table lacks is a change'
    }

    It 'refuses parameters that are none' {
        foreach ($parameters in 'text', 5, @(1, 2)) {
            $null = Invoke-VeloCloudMethod edge/getEdge -Parameters $parameters -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.BadParameter,*'
        }
        $endless = @{}
        $endless.self = $endless
        $null = Invoke-VeloCloudMethod edge/getEdge $endless -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.BadParameter,*'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'writes one error for each result that is one' {
        $results = Invoke-VeloCloudMethod edge/deleteEdge @{ ids = 10001, 10003 } -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $results.id | Should -Be 10001, 10003
        $failed.Count | Should -Be 2
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Failed,OrchestratorTools.VeloCloud.InvokeVeloCloudMethodCommand'
    }

    It 'completes methods from either end, without asking the server' {
        (Get-Completion 'Invoke-VeloCloudMethod enterprise/getEnterpriseEd').CompletionText | Should -Contain 'enterprise/getEnterpriseEdges'
        (Get-Completion 'Invoke-VeloCloudMethod getEnterpriseEd').CompletionText | Should -Contain 'enterprise/getEnterpriseEdges'
        (Get-Completion 'Invoke-VeloCloudMethod ').Count | Should -BeGreaterThan 280
        (Get-Completion 'Invoke-VeloCloudMethod ').CompletionText | Should -Not -Contain 'logout'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'shows no secret under -Verbose and -Debug' {
        $DebugPreference = 'Continue'
        $said = Invoke-VeloCloudMethod edge/updateEdgeAdminPassword @{ id = 10001; username = 'root'; password = 'S3cret-of-edge' } -Confirm:$false -Verbose 4>&1 5>&1 | Out-String
        $DebugPreference = 'SilentlyContinue'
        $said | Should -BeLike '*body not shown*'
        $said | Should -Not -BeLike '*S3cret-of-edge*'
        $said | Should -Not -Match 'velocloud\.session=[^*\s]'
    }

    It 'works on a session that the server forgot' {
        $null = Invoke-SimulatorCommand $simulator 'sessions/expire' @{ system = 'veloCloud' }
        Clear-Log
        (Invoke-VeloCloudMethod edge/updateEdgeAttributes @{ id = 10001; _update = @{ description = 'again' } } -Confirm:$false).rows | Should -Be 1
        Get-Call | Should -Be 'edge/updateEdgeAttributes', 'login/enterpriseLogin', 'edge/updateEdgeAttributes'
    }
}

Describe 'Importing the module' {
    It 'does not read the operation table' {
        Invoke-NewProcess @"
Import-Module '$ModulePath'
`$clients = [AppDomain]::CurrentDomain.GetAssemblies().Where({ `$_.GetName().Name -eq 'OrchestratorTools.Clients' })
if (`$clients) { `$clients[0].GetType('OrchestratorTools.Clients.VeloCloud.VeloCloudOperations').GetProperty('IsUnread', [Reflection.BindingFlags]'NonPublic, Static').GetValue(`$null) } else { `$true }
"@ | Should -Be 'True'
    }
}
