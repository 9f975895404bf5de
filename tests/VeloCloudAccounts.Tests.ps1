# Users, roles, API tokens and system properties, as an operator, a partner and a customer.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ EdgeCount = 12 }
    $velo = $simulator.VeloCloud
    foreach ($tier in 'customer', 'partner', 'operator') {
        $user = $velo.Users | Where-Object Tier -EQ $tier
        $null = Connect-VeloCloud $velo.Server -Credential $user.Credential -Operator:($tier -eq 'operator') -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $tier -NotDefault
    }
    $acme = Get-VeloCloudEnterprise Acme -Connection operator

    function New-Login {
        param([string] $Name = "user$([guid]::NewGuid().ToString('N').Substring(0, 8))@x.example", [string] $Text = 'S3cret-Of-Mine')
        [pscredential]::new($Name, (ConvertTo-SecureString $Text -AsPlainText))
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -RequestLog -Simulator $simulator
    }

    # What changed something or gave a token out: method and body.
    function Get-Sent {
        @(Get-OrchestratorSimulatorRequest VeloCloud -Simulator $simulator -Path '/portal/rest/*' | ForEach-Object { "$($_.Path -replace '^/portal/rest/') $($_.Body)" } |
                Where-Object { $_ -match '/(insert|update|delete|create|download|refresh|revoke)' })
    }

    # Whether a token lets its user in.
    function Test-Token {
        param([securestring] $Token)
        try {
            $null = Connect-VeloCloud $velo.Server -Token $Token -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name probe -NotDefault
            Disconnect-VeloCloud probe
            $true
        }
        catch {
            $false
        }
    }

    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
    }
}

AfterAll {
    Get-OrchestratorConnection -System VeloCloud | Disconnect-VeloCloud
    Stop-OrchestratorSimulator $simulator
}

Describe 'Users of <Connection>: <Whose>' -ForEach @(
    @{ Connection = 'customer'; Whose = 'its own'; Scope = @{}; Tier = 'Customer'; Role = 'Enterprise Standard Admin'; Other = 'Enterprise Support'; Object = 'enterpriseUser' }
    @{ Connection = 'partner'; Whose = 'its own'; Scope = @{}; Tier = 'Partner'; Role = 'MSP Standard Admin'; Other = 'MSP Support'; Object = 'enterpriseProxy' }
    @{ Connection = 'partner'; Whose = 'a customer''s'; Scope = @{ Enterprise = 'Globex' }; Tier = 'Customer'; Role = 'Enterprise Standard Admin'; Other = '7'; Object = 'enterpriseUser' }
    @{ Connection = 'operator'; Whose = 'its own'; Scope = @{}; Tier = 'Operator'; Role = 'Operator Standard Admin'; Other = 'Operator Support'; Object = 'operatorUser' }
    @{ Connection = 'operator'; Whose = 'a customer''s'; Scope = @{ Enterprise = 'Acme' }; Tier = 'Customer'; Role = 'Enterprise Superuser'; Other = 'Enterprise Support'; Object = 'enterpriseUser' }
    @{ Connection = 'operator'; Whose = 'a partner''s'; Scope = @{ Partner = 7 }; Tier = 'Partner'; Role = 'MSP Standard Admin'; Other = 'MSP Support'; Object = 'enterpriseProxy' }
) {
    BeforeAll {
        # The partner's first customer has any name.
        if ($Scope.Enterprise -eq 'Globex') { $Scope.Enterprise = (Get-VeloCloudEnterprise -Connection partner)[0].Name }
        $login = New-Login
        Clear-Log
    }

    It 'lists them' {
        $users = @(Get-VeloCloudUser -Connection $Connection @Scope)
        $users.Count | Should -BeGreaterThan 0
        $users[0].Tier | Should -Be $Tier
        $users[0].Connection | Should -Be $Connection
        $users[0] | Format-List * -Force | Out-String | Should -Not -Match 'password\s*:\s*\S|salt'
        (Get-VeloCloudUser $users[0].Username -Connection $Connection @Scope).Id | Should -Be $users[0].Id
        (Get-VeloCloudUser -Id $users[0].Id -Connection $Connection @Scope).Username | Should -Be $users[0].Username
    }

    It 'makes one, which can log in' {
        New-VeloCloudUser $login $Role -Connection $Connection @Scope -WhatIf
        Get-Sent | Should -BeNullOrEmpty
        $made = New-VeloCloudUser $login $Role -FirstName 'Zoë "Q"' -LastName Public -Email q@x.example -AccessLevel basic -Connection $Connection @Scope
        $made.Username | Should -Be $login.UserName
        $made.RoleName | Should -Be $Role
        $made.FirstName | Should -Be 'Zoë "Q"'
        $made.AccessLevel | Should -Be BASIC
        (Get-Sent).Count | Should -Be 1
        $in = Connect-VeloCloud $velo.Server -Credential $login -Operator:($Tier -eq 'Operator') -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name probe -NotDefault
        $in.User | Should -Be $login.UserName
        Disconnect-VeloCloud probe
        $failed = { New-VeloCloudUser $login $Role -Connection $Connection @Scope } | Should -Throw -PassThru
        "$failed" | Should -BeLike '*already exists*'
    }

    It 'changes it' {
        Clear-Log
        $changed = Set-VeloCloudUser $login.UserName -Role $Other -LastName '' -Disable -PassThru -Connection $Connection @Scope
        $changed.RoleName | Should -Match 'Support'
        $changed.LastName | Should -Be ''
        $changed.IsActive | Should -BeFalse
        (Get-Sent) | Should -HaveCount 1
        $body = (Get-Sent) -replace '^\S+ ' | ConvertFrom-Json
        $body.id | Should -Be $changed.Id
        $body._update.PSObject.Properties.Name | Should -Be @('roleId', 'lastName', 'isActive')
        $password = ConvertTo-SecureString 'An0ther-One' -AsPlainText
        $changed | Set-VeloCloudUser -Enable -Unlock -Password $password
        $null = Connect-VeloCloud $velo.Server -Credential ([pscredential]::new($login.UserName, $password)) -Operator:($Tier -eq 'Operator') -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name probe -NotDefault
        Disconnect-VeloCloud probe
    }

    It 'has tokens, which are given out once' {
        Set-VeloCloudUser $login.UserName -Role $Role -Connection $Connection @Scope
        Clear-Log
        New-VeloCloudApiToken nightly $login.UserName -Connection $Connection @Scope -WhatIf
        Get-Sent | Should -BeNullOrEmpty
        $token = New-VeloCloudApiToken nightly $login.UserName -Lifetime 30.00:00:00 -Description 'Backups' -Connection $Connection @Scope
        $token.Token | Should -BeOfType ([securestring])
        $token.Name | Should -Be nightly
        [math]::Round(($token.Expires - $token.Created).TotalDays) | Should -Be 30
        $token | Format-List * -Force | Out-String | Should -Not -BeLike "*$(ConvertFrom-SecureString $token.Token -AsPlainText)*"
        Test-Token $token.Token | Should -BeTrue
        @(Get-Sent).Count | Should -Be 2
        $listed = Get-VeloCloudApiToken nightly -Connection $Connection @Scope | Where-Object Id -EQ $token.Id
        $listed.Token | Should -BeNullOrEmpty
        $listed.UserId | Should -Be $token.UserId
        (Get-VeloCloudApiToken -Username $login.UserName -Connection $Connection @Scope).Id | Should -Be $token.Id
        Clear-Log
        $listed | Revoke-VeloCloudApiToken -WhatIf
        Get-Sent | Should -BeNullOrEmpty
        $listed | Revoke-VeloCloudApiToken -Confirm:$false
        Test-Token $token.Token | Should -BeFalse
        # Once is enough.
        Revoke-VeloCloudApiToken $token.Id -Confirm:$false -Connection $Connection @Scope
        @(Get-Sent).Count | Should -Be 1
        (Get-VeloCloudApiToken -Id $token.Id -Connection $Connection @Scope).IsRevoked | Should -BeTrue
    }

    It 'deletes it, and asks first whom' {
        Clear-Log
        $user = Get-VeloCloudUser $login.UserName -Connection $Connection @Scope
        $user | Remove-VeloCloudUser -WhatIf
        Get-Sent | Should -BeNullOrEmpty
        $user | Remove-VeloCloudUser -Confirm:$false
        (Get-Sent) | Should -HaveCount 1
        @(Get-Sent)[0] | Should -BeLike "$(if ($Object -eq 'enterpriseProxy') { 'enterpriseProxy/deleteEnterpriseProxyUser' } else { "$Object/delete$($Object.Substring(0, 1).ToUpper() + $Object.Substring(1))" }) *`"id`":$($user.Id)*"
        $null = Get-VeloCloudUser $login.UserName -Connection $Connection @Scope -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
    }
}

Describe 'Users' {
    BeforeEach { Clear-Log }

    It 'come by the pipeline of enterprises' {
        $users = Get-VeloCloudEnterprise -Connection operator | Get-VeloCloudUser
        @($users.EnterpriseId | Sort-Object -Unique).Count | Should -BeGreaterThan 1
        $users[0].OwnerName | Should -Not -BeNullOrEmpty
    }

    It 'are not mixed up by contradicting parameters' {
        { Get-VeloCloudUser -Enterprise Acme -Operator -Connection operator } | Should -Throw '*give one of them*' -ErrorId 'VeloCloud.BadParameter,*'
        { Remove-VeloCloudUser x -Partner 7 -Operator -Connection operator -Confirm:$false } | Should -Throw '*give one of them*' -ErrorId 'VeloCloud.BadParameter,*'
    }

    It 'are asked about before they are deleted, by name, id and role' {
        $user = New-VeloCloudUser (New-Login) 'Enterprise Support' -Connection customer
        $asked = Complete-AtHost (Start-AtHost "Remove-VeloCloudUser '$($user.Username)' -Connection customer" -Answer 2)
        $asked.Questions[0] | Should -BeLike "*Delete the user*user '$($user.Username)' (id $($user.Id), Enterprise Support) of enterprise 'Acme'*"
        @(Get-Sent) -like '*delete*' | Should -BeNullOrEmpty
    }

    It 'cannot be the one of the connection itself' {
        { Remove-VeloCloudUser (Get-OrchestratorConnection customer).User -Connection customer -Confirm:$false -ErrorAction Stop } | Should -Throw '*logs in as*' -ErrorId 'VeloCloud.WrongState,*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'say what is wrong before anything is sent' {
        { New-VeloCloudUser (New-Login) 'No such role' -Connection customer -ErrorAction Stop } | Should -Throw '*Enterprise Standard Admin*' -ErrorId 'VeloCloud.NotFound,*'
        { Set-VeloCloudUser x -Connection customer } | Should -Throw '*nothing is to be changed*' -ErrorId 'VeloCloud.BadParameter,*'
        { Set-VeloCloudUser x -Enable -Disable -Connection customer } | Should -Throw '*contradicts*' -ErrorId 'VeloCloud.BadParameter,*'
        { Set-VeloCloudUser nobody@x.example -Enable -Connection customer -ErrorAction Stop } | Should -Throw '*no such user*' -ErrorId 'VeloCloud.NotFound,*'
        { Remove-VeloCloudUser -Id 99999999 -Connection customer -Confirm:$false -ErrorAction Stop } | Should -Throw '*no such user*' -ErrorId 'VeloCloud.NotFound,*'
        # An enterprise that is not mine.
        { Get-VeloCloudUser -Enterprise 999 -Connection customer -ErrorAction Stop } | Should -Throw -ErrorId 'VeloCloud.NotFound,*'
        'no user' | Remove-VeloCloudUser -Connection customer -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.BadParameter,*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'are the business of operators and partners at their own connections only' {
        foreach ($line in 'Get-VeloCloudUser -Operator', 'Get-VeloCloudRole -UserType OPERATOR', 'Get-VeloCloudApiToken -Operator', 'Get-VeloCloudSystemProperty') {
            foreach ($connection in 'customer', 'partner') {
                { & ([scriptblock]::Create("$line -Connection $connection -ErrorAction Stop")) } | Should -Throw -ErrorId 'VeloCloud.Permission,*' -Because "$line as $connection"
            }
        }
    }

    It 'keep passwords out of every stream' {
        $login = New-Login -Text 'Streams-Pa55'
        $streams = @(New-VeloCloudUser $login 'Enterprise Support' -Connection customer -Verbose -Debug *>&1) + @(Set-VeloCloudUser $login.UserName -Password (ConvertTo-SecureString 'Streams-2nd' -AsPlainText) -Connection customer -Verbose -Debug *>&1)
        $streams.Count | Should -BeGreaterThan 4
        ($streams | Out-String) | Should -Not -Match 'Streams-Pa55|Streams-2nd'
    }

    It 'of an answer that is lost are an unknown outcome, and not made twice' {
        Add-OrchestratorSimulatorFault VeloCloud LostAnswer -Path '*/insertEnterpriseUser' -Simulator $simulator
        $failed = { New-VeloCloudUser (New-Login) 'Enterprise Support' -Connection customer } | Should -Throw -PassThru
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.OutcomeUnknown,*'
        "$failed" | Should -BeLike '*Get-VeloCloudUser*'
        (Get-Sent).Count | Should -Be 1
    }

    It 'warn who changes the password that the connection uses' {
        $login = New-Login
        $null = New-VeloCloudUser $login 'Enterprise Superuser' -Connection customer
        $null = Connect-VeloCloud $velo.Server -Credential $login -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name self -NotDefault
        $null = Get-VeloCloudUser $login.UserName -Connection self
        Set-VeloCloudUser $login.UserName -Password (ConvertTo-SecureString 'Brand-New-1' -AsPlainText) -CurrentPassword $login.Password -Connection self -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*old password*Connect-VeloCloud again*'
        Disconnect-VeloCloud self
    }

    It 'are completed, with their roles and tokens' {
        Get-Completion 'Get-VeloCloudUser -Connection customer reader' | Should -Contain "'reader@acme.example'"
        Get-Completion 'Remove-VeloCloudUser -Connection operator -Operator super' | Should -Contain "'super@vco.example'"
        Get-Completion 'New-VeloCloudUser -Connection operator -Operator -Role ' | Should -Contain "'Operator Support'"
        Get-Completion 'New-VeloCloudUser -Connection operator -Enterprise Acme -Role ' | Should -Contain "'Enterprise Support'"
        Get-Completion 'Get-VeloCloudRole -UserType O' | Should -Be 'OPERATOR'
        Get-Completion 'Get-VeloCloudApiToken -Connection operator -Operator ' | Should -Contain 'simulator'
        Get-Completion 'Get-VeloCloudSystemProperty -Connection operator vco.b' | Should -Be 'vco.banner'
    }
}

Describe 'Get-VeloCloudRole' {
    It 'lists those of the account''s own tier, or of a type of users: <Connection>' -ForEach @(
        @{ Connection = 'customer'; Type = 'ENTERPRISE' }
        @{ Connection = 'partner'; Type = 'MSP' }
        @{ Connection = 'operator'; Type = 'OPERATOR' }
    ) {
        $roles = Get-VeloCloudRole -Connection $Connection
        @($roles.UserType | Sort-Object -Unique) | Should -Be $Type
        @($roles | Where-Object IsSuper).Count | Should -Be 1
        (Get-VeloCloudRole '*Support' -UserType enterprise -Connection $Connection).Name | Should -Be 'Enterprise Support'
        $null = Get-VeloCloudRole 'Nobody' -Connection $Connection -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
    }
}

Describe 'API tokens' {
    BeforeEach { Clear-Log }

    It 'are made for the account itself where no user is named' {
        $token = New-VeloCloudApiToken mine -Connection customer
        $token.UserId | Should -Be (Get-VeloCloudUser (Get-OrchestratorConnection customer).User -Connection customer).Id
        [math]::Round(($token.Expires - $token.Created).TotalDays) | Should -Be 90
        $null = Connect-VeloCloud $velo.Server -Token $token.Token -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name bytoken -NotDefault
        { New-VeloCloudApiToken other -Connection bytoken } | Should -Throw '*name the user*' -ErrorId 'VeloCloud.BadParameter,*'
        (New-VeloCloudApiToken other (Get-OrchestratorConnection customer).User -Connection bytoken).Name | Should -Be other
        Disconnect-VeloCloud bytoken
    }

    It 'are written to a file that nobody else reads, and then are nowhere else' {
        $file = Join-Path $TestDrive 'token.json'
        $token = Get-VeloCloudUser reader* -Connection customer | ForEach-Object { Get-VeloCloudUser admin* -Connection customer } | New-VeloCloudApiToken filed -OutFile $file
        $token.Token | Should -BeNullOrEmpty
        $token.TokenFile | Should -Be $file
        if (-not $IsWindows) { (Get-Item $file).UnixFileMode | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite') }
        $content = Get-Content -Raw $file | ConvertFrom-Json
        $content.id | Should -Be $token.Id
        Test-Token (ConvertTo-SecureString $content.token -AsPlainText) | Should -BeTrue
        Clear-Log
        { New-VeloCloudApiToken again -OutFile $file -Connection customer } | Should -Throw '*exists*Nothing was sent*' -ErrorId 'VeloCloud.BadParameter,*'
        { New-VeloCloudApiToken again -OutFile (Join-Path $TestDrive 'no' 'folder' 'x') -Connection customer } | Should -Throw '*cannot be written*' -ErrorId 'VeloCloud.BadParameter,*'
        { New-VeloCloudApiToken again -Force -Connection customer } | Should -Throw '*only with -OutFile*' -ErrorId 'VeloCloud.BadParameter,*'
        Get-Sent | Should -BeNullOrEmpty
        (New-VeloCloudApiToken again -OutFile $file -Force -Connection customer).TokenFile | Should -Be $file
    }

    It 'say their id where they were made and the download is lost, and leave no file' {
        Add-OrchestratorSimulatorFault VeloCloud LostAnswer -Path '*/downloadApiToken' -Simulator $simulator
        $file = Join-Path $TestDrive 'lost.json'
        $failed = { New-VeloCloudApiToken lost -OutFile $file -Connection customer } | Should -Throw -PassThru
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.OutcomeUnknown,*'
        $id = (Get-VeloCloudApiToken lost -Connection customer).Id
        "$failed" | Should -BeLike "*Token 'lost' was made (id $id), but its download failed*Revoke-VeloCloudApiToken -Id $id*"
        $file | Should -Not -Exist
        @(Get-Sent) -like '*downloadApiToken*' | Should -HaveCount 1
        Revoke-VeloCloudApiToken $id -Connection customer -Confirm:$false
    }

    It 'of a making whose answer is lost are looked for by name' {
        Add-OrchestratorSimulatorFault VeloCloud LostAnswer -Path '*/createApiToken' -Simulator $simulator
        $failed = { New-VeloCloudApiToken unheard -Connection customer } | Should -Throw -PassThru
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.OutcomeUnknown,*'
        "$failed" | Should -BeLike "*named 'unheard' may exist*Get-VeloCloudApiToken*"
        @(Get-Sent) | Should -HaveCount 1
    }

    It 'live no longer than they may, and not for everybody' {
        { New-VeloCloudApiToken long -Lifetime 400.00:00:00 -Connection customer } | Should -Throw '*at most 366 days*' -ErrorId 'VeloCloud.BadParameter,*'
        Get-Sent | Should -BeNullOrEmpty
        { New-VeloCloudApiToken none reader@acme.example -Connection customer } | Should -Throw '*not available for this role*'
    }

    It 'are replaced by new ones, the old ones end' {
        $old = New-VeloCloudApiToken rolling -Connection customer
        Clear-Log
        Update-VeloCloudApiToken $old.Token -Connection customer -WhatIf
        Get-Sent | Should -BeNullOrEmpty
        $new = Update-VeloCloudApiToken $old.Token -Connection customer -Confirm:$false
        Test-Token $new.Token | Should -BeTrue
        Test-Token $old.Token | Should -BeFalse
        $file = Join-Path $TestDrive 'rolled.json'
        (Update-VeloCloudApiToken $new.Token -OutFile $file -Connection customer -Confirm:$false).Token | Should -BeNullOrEmpty
        (Get-Content -Raw $file | ConvertFrom-Json).token | Should -BeLike '*.*.*'
        { Update-VeloCloudApiToken $old.Token -Connection customer -Confirm:$false } | Should -Throw '*not valid*'
        $operators = New-VeloCloudApiToken rolling -Connection operator
        Test-Token (Update-VeloCloudApiToken $operators.Token -Connection operator -Confirm:$false).Token | Should -BeTrue
        { Update-VeloCloudApiToken $old.Token -Connection partner -Confirm:$false } | Should -Throw '*not those of partners*' -ErrorId 'VeloCloud.Validation,*'
    }

    It 'warn where the connection uses the one that is replaced, and say what a lost answer costs' {
        $old = New-VeloCloudApiToken self -Connection customer
        $null = Connect-VeloCloud $velo.Server -Token $old.Token -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name bytoken -NotDefault
        $null = Get-VeloCloudEnterprise -Connection bytoken
        $new = Update-VeloCloudApiToken $old.Token -Connection bytoken -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*'bytoken' uses the old token*"
        Add-OrchestratorSimulatorFault VeloCloud LostAnswer -Path '*/refreshApiToken' -Simulator $simulator
        $failed = { Update-VeloCloudApiToken $new.Token -Connection customer -Confirm:$false } | Should -Throw -PassThru
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.OutcomeUnknown,*'
        "$failed" | Should -BeLike '*new one is lost*New-VeloCloudApiToken*'
    }

    It 'stand in no stream' {
        $streams = @(New-VeloCloudApiToken silent -Connection customer -Verbose -Debug *>&1)
        $secret = ConvertFrom-SecureString ($streams | Where-Object { $_ -is [OrchestratorTools.Clients.VeloCloud.VeloCloudApiToken] }).Token -AsPlainText
        ($streams | Where-Object { $_ -isnot [OrchestratorTools.Clients.VeloCloud.VeloCloudApiToken] } | Out-String -Width 4000) | Should -Not -BeLike "*$secret*"
        ($streams | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue) | Should -Not -BeLike "*$secret*"
    }

    It 'say which there are where an id means nothing' {
        Revoke-VeloCloudApiToken 99999 -Connection customer -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
        Get-Sent | Should -BeNullOrEmpty
    }
}

Describe 'The system' {
    BeforeEach { Clear-Log }

    It 'tells its version to everybody' {
        foreach ($connection in 'customer', 'partner', 'operator') {
            (Get-VeloCloudSystemInfo -Connection $connection).Version | Should -Match '^\d+\.\d+'
        }
        (Get-VeloCloudSystemInfo -Connection operator, customer).Connection | Should -Be @('operator', 'customer')
    }

    It 'shows properties, and no secret' {
        $null = Invoke-VeloCloudMethod systemProperty/insertSystemProperty @{ name = 'backup.ftp.secret'; value = 'Hidden-Value' } -Connection operator -Confirm:$false
        $all = Get-VeloCloudSystemProperty -Connection operator -Verbose -Debug *>&1
        ($all | Format-List * -Force | Out-String) + ($all | Out-String) | Should -Not -BeLike '*Hidden-Value*'
        $secret = Get-VeloCloudSystemProperty backup.ftp.secret -Connection operator
        $secret.IsSecret | Should -BeTrue
        $secret.Value | Should -BeNullOrEmpty
        $secret | Out-String | Should -BeLike '*`*`*`**'
        (Get-VeloCloudSystemProperty 'session.*' -Connection operator).Name | Should -Contain 'session.options.enableApiTokenAuth'
        (Get-VeloCloudSystemProperty session.options.enableApiTokenAuth -Connection operator).Value | Should -Be 'true'
        @(Get-VeloCloudSystemProperty -Group mail -Connection operator).Name | Should -Be @('mail.transport.user', 'mail.transport.password')
    }

    It 'is changed by operators, who are shown the old and the new value' {
        $asked = Complete-AtHost (Start-AtHost 'Set-VeloCloudSystemProperty edge.offline.limit.sec 180 -Connection operator' -Answer 2)
        $asked.Questions[0] | Should -BeLike "*Change '120' to '180'*edge.offline.limit.sec*"
        Set-VeloCloudSystemProperty edge.offline.limit.sec 180 -Connection operator -WhatIf
        Get-Sent | Should -BeNullOrEmpty
        (Set-VeloCloudSystemProperty edge.offline.limit.sec 180 -PassThru -Connection operator -Confirm:$false).Value | Should -Be '180'
        Get-Sent | Should -Be 'systemProperty/updateSystemProperty {"name":"edge.offline.limit.sec","_update":{"value":"180"}}'
        # The same again is nothing to do.
        Clear-Log
        Get-VeloCloudSystemProperty edge.offline.limit.sec -Connection operator | Set-VeloCloudSystemProperty -Value 180 -Confirm:$false
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'refuses what cannot be, before it asks' {
        { Set-VeloCloudSystemProperty no.such.property x -Connection operator -Confirm:$false -ErrorAction Stop } | Should -Throw '*no such system property*' -ErrorId 'VeloCloud.NotFound,*'
        { Set-VeloCloudSystemProperty network.public.address x -Connection operator -Confirm:$false -ErrorAction Stop } | Should -Throw '*read only*' -ErrorId 'VeloCloud.WrongState,*'
        { Set-VeloCloudSystemProperty edge.offline.limit.sec soon -Connection operator -Confirm:$false -ErrorAction Stop } | Should -Throw '*NUMBER: a number is needed*' -ErrorId 'VeloCloud.BadParameter,*'
        { Set-VeloCloudSystemProperty session.options.enableApiTokenAuth yes -Connection operator -Confirm:$false -ErrorAction Stop } | Should -Throw '*true or false*' -ErrorId 'VeloCloud.BadParameter,*'
        { Set-VeloCloudSystemProperty vco.banner '{half' -Connection operator -Confirm:$false -ErrorAction Stop } | Should -Throw '*JSON text*' -ErrorId 'VeloCloud.BadParameter,*'
        { Set-VeloCloudSystemProperty mail.transport.password plain -Connection operator -Confirm:$false -ErrorAction Stop } | Should -Throw '*-Secret*' -ErrorId 'VeloCloud.BadParameter,*'
        { Set-VeloCloudSystemProperty vco.banner '{}' -Connection customer -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'VeloCloud.Permission,*'
        Get-Sent | Should -BeNullOrEmpty
    }

    It 'changes a secret without showing it' {
        $asked = Complete-AtHost (Start-AtHost 'Set-VeloCloudSystemProperty mail.transport.password -Secret (ConvertTo-SecureString "Mail-Pa55" -AsPlainText) -Connection operator' -Answer 2)
        $asked.Questions[0] | Should -BeLike '*Change ''`*`*`*'' to ''`*`*`*''*'
        $streams = Set-VeloCloudSystemProperty mail.transport.password -Secret (ConvertTo-SecureString 'Mail-Pa55' -AsPlainText) -Connection operator -Confirm:$false -Verbose -Debug *>&1 | Out-String
        $streams | Should -Not -BeLike '*Mail-Pa55*'
        (Get-Sent) -like '*Mail-Pa55*' | Should -HaveCount 1
    }
}
